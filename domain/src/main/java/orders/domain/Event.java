package orders.domain;

import java.time.Instant;

/// One numbered and dated fact in an order's history.
///
/// @param seq 1 for an order's first event, then one more each time, without gaps
/// @param at when it became part of the history, by the database's clock, in whole microseconds
public record Event(long seq, Instant at, Fact fact) {}

package orders.faults.plan;

import java.time.Duration;

/// Something that goes wrong in a round.
///
/// @param target of those that this kind can hit, by its number from 0; those that can hit one
///   thing alone do not look at it
/// @param after the start of the round
/// @param length how long it lasts, for those that do not end by themselves
public record Fault(FaultKind kind, int target, Duration after, Duration length) {}

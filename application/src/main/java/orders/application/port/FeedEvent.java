package orders.application.port;

import orders.domain.Event;
import orders.domain.OrderId;

/// An event in the feed.
///
/// @param position right behind it
public record FeedEvent(FeedPosition position, OrderId order, Event event, Parties parties) {}

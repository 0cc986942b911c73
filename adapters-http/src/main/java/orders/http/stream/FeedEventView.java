package orders.http.stream;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import orders.application.port.FeedEvent;
import orders.http.wire.EventView;

/// An event as it goes over the wire where it may be any order's.
record FeedEventView(String orderId, @JsonUnwrapped EventView event) {
  static FeedEventView of(FeedEvent event) {
    return new FeedEventView(event.order().toString(), EventView.of(event.event()));
  }
}

package orders.http.wire;

import java.util.List;
import java.util.Optional;
import orders.application.port.StoredOrder;
import orders.domain.Cause;
import orders.domain.Failure;
import orders.domain.ItemName;
import orders.domain.Line;
import orders.domain.Order;
import orders.domain.Purchase;
import orders.domain.Reference;
import orders.domain.State;
import orders.domain.Step;
import org.jspecify.annotations.Nullable;

/// An order as it goes over the wire.
///
/// @param step the one being done, or undone
/// @param waiting null once the order has ended
public record OrderView(
    String id,
    String status,
    @Nullable String step,
    String customerId,
    String merchantId,
    @Nullable String reference,
    String currency,
    long total,
    List<ItemView> items,
    long version,
    @Nullable FailureView failure,
    @Nullable WaitingView waiting,
    boolean needsAttention,
    String createdAt,
    String updatedAt) {

  public record ItemView(String sku, @Nullable String name, int quantity, long unitPrice) {
    static ItemView of(Line line) {
      return new ItemView(
          line.sku().value(),
          line.name().map(ItemName::value).orElse(null),
          line.quantity(),
          line.unitPrice().minorUnits());
    }
  }

  public record FailureView(String step, String kind, String reason) {
    static FailureView of(Failure failure) {
      return new FailureView(
          Json.word(failure.step()), Json.word(failure.kind()), failure.reason().text());
    }
  }

  public static OrderView of(StoredOrder stored) {
    Order order = stored.order();
    Purchase purchase = order.purchase();
    return new OrderView(
        order.id().toString(),
        Json.word(order.status()),
        step(order.state()).map(Json::word).orElse(null),
        purchase.customer().value(),
        purchase.merchant().value(),
        purchase.reference().map(Reference::value).orElse(null),
        purchase.currency().getCurrencyCode(),
        purchase.total().minorUnits(),
        purchase.lines().stream().map(ItemView::of).toList(),
        order.version(),
        failure(order.state()).map(FailureView::of).orElse(null),
        stored.waiting().map(WaitingView::of).orElse(null),
        order.state() instanceof State.Parked,
        Json.time(stored.createdAt()),
        Json.time(stored.updatedAt()));
  }

  private static Optional<Step> step(State state) {
    return switch (state) {
      case State.Processing(Step step, _) -> Optional.of(step);
      case State.Compensating(Step step, _, _) -> Optional.of(step);
      case State.Parked(Step step, _, _) -> Optional.of(step);
      case State.Pending _, State.Completed _, State.Failed _, State.Cancelled _ ->
          Optional.empty();
    };
  }

  private static Optional<Failure> failure(State state) {
    return switch (state) {
      case State.Failed(Failure failure) -> Optional.of(failure);
      case State.Compensating(_, _, Cause.FailedStep(Failure failure)) -> Optional.of(failure);
      case State.Parked(_, Cause.FailedStep(Failure failure), _) -> Optional.of(failure);
      case State.Compensating _,
          State.Parked _,
          State.Pending _,
          State.Processing _,
          State.Completed _,
          State.Cancelled _ ->
          Optional.empty();
    };
  }
}

package orders.faults.client;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// How requests to place an order ended. Safe from any thread.
public final class Tally {
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();

  void count(Optional<Storefront.Answer> answer) {
    if (answer.isEmpty()) {
      unknown.increment();
    } else if (answer.get().status() == 201) {
      acknowledged.increment();
    } else {
      refused.increment();
    }
  }

  /// Each counts one order.
  public long acknowledged() {
    return acknowledged.sum();
  }

  public long refused() {
    return refused.sum();
  }

  /// Without an answer.
  public long unknown() {
    return unknown.sum();
  }
}

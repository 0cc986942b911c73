package orders.benchmarks.driver;

/// Lets a closed loop send its next request, or wait. Asked from several threads.
@FunctionalInterface
public interface Gate {
  Gate OPEN = () -> true;

  /// Whether one more request may be sent now; if so, it will be.
  boolean pass();
}

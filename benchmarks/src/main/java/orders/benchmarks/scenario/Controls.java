package orders.benchmarks.scenario;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import orders.benchmarks.audit.Audit;
import orders.benchmarks.report.Results;

/// What PostgreSQL does without the server, one order per transaction.
final class Controls {
  static final String ONE_PER_TRANSACTION = "orders/s, one per transaction";

  private Controls() {}

  /// The measure of everything: the highest median among all controls that this run has.
  static Optional<Double> p(Results results) {
    return results.best("place", ONE_PER_TRANSACTION).map(results::median);
  }

  /// A control that stored less than it says would be no measure.
  static void audit(Store store, long stored) throws SQLException {
    if (store.placed() != stored) {
      throw new IllegalStateException(
          "a control says that it stored %d orders, and there are %d"
              .formatted(stored, store.placed()));
    }
    Audit.check(store.sql(), Audit.Expected.PLACED, List.of());
  }
}

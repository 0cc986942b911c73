package orders.faults.machine;

import java.time.Duration;
import orders.faults.client.Tally;
import orders.faults.plan.Fault;
import orders.faults.plan.Round;

/// Is told what a machine does. Called from several threads.
public interface Progress {
  void begins(Round round);

  /// A fault is over.
  ///
  /// @param allowed false if this machine does not let it happen
  void happened(Fault fault, boolean allowed);

  /// @param tally of this round
  /// @param settled how long it took until every order had ended
  /// @param acknowledged orders, and
  /// @param violations of all rounds so far
  void ended(Round round, Tally tally, Duration settled, long acknowledged, int violations);
}

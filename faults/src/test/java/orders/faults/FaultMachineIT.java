package orders.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import orders.faults.client.Tally;
import orders.faults.machine.FailureReport;
import orders.faults.machine.Machine;
import orders.faults.machine.Progress;
import orders.faults.plan.Fault;
import orders.faults.plan.FaultKind;
import orders.faults.plan.Plan;
import orders.faults.plan.Round;
import orders.faults.promise.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fault machine, only as long as it takes for each kind of fault to happen once.
final class FaultMachineIT {
  @TempDir private Path directory;

  @Test
  void noPromiseIsBrokenByAnyKindOfFault() throws Exception {
    Plan plan = Plan.draw(4, Plan.roundsForAllKinds());
    Witness witness = new Witness();
    try (Machine machine =
        Machine.start(
            Project.PROGRAMS, directory, Map.of(), Main.orders(Project.SUPERSTORE), witness)) {
      List<Violation> violations = machine.run(plan);
      if (!violations.isEmpty()) {
        throw new AssertionError(FailureReport.write(machine, plan, violations));
      }
      assertThat(machine.acknowledged()).isGreaterThanOrEqualTo(1_000L * plan.rounds().size());
    }
    assertThat(witness.seen).isEqualTo(EnumSet.allOf(FaultKind.class));
    assertThat(witness.notAllowed)
        .as("a disk of its own is all that a machine may deny")
        .isSubsetOf(FaultKind.FILL_DISK);
  }

  private static final class Witness implements Progress {
    final Set<FaultKind> seen = ConcurrentHashMap.newKeySet();
    final Set<FaultKind> notAllowed = ConcurrentHashMap.newKeySet();

    @Override
    public void begins(Round round) {}

    @Override
    public void happened(Fault fault, boolean allowed) {
      seen.add(fault.kind());
      if (!allowed) {
        notAllowed.add(fault.kind());
      }
    }

    @Override
    public void ended(
        Round round, Tally tally, Duration settled, long acknowledged, int violations) {}
  }
}

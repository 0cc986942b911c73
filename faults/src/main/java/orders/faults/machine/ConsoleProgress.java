package orders.faults.machine;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import orders.faults.client.Tally;
import orders.faults.plan.Fault;
import orders.faults.plan.FaultKind;
import orders.faults.plan.Round;

/// Prints a line for each round, and at the end how often each kind of fault happened.
public final class ConsoleProgress implements Progress {
  private final PrintStream out;
  private final int rounds;
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final Map<FaultKind, AtomicLong> counts = new ConcurrentHashMap<>();
  private long refused;
  private long unknown;

  /// @param rounds of the plan
  public ConsoleProgress(PrintStream out, int rounds) {
    this.out = out;
    this.rounds = rounds;
  }

  @Override
  public void begins(Round round) {
    faults.clear();
  }

  @Override
  public void happened(Fault fault, boolean allowed) {
    faults.add(fault.kind() + (allowed ? "" : " (not on this machine)"));
    if (allowed) {
      counts.computeIfAbsent(fault.kind(), _ -> new AtomicLong()).incrementAndGet();
    }
  }

  @Override
  public void ended(Round round, Tally tally, Duration settled, long acknowledged, int violations) {
    refused += tally.refused();
    unknown += tally.unknown();
    out.printf(
        "round %d/%d, %d nodes: %s; %,d acknowledged, %,d refused, %,d unknown, settled in %.1f s;"
            + " %,d faults, %,d orders and %d violations so far%n",
        round.number(),
        rounds,
        round.nodes(),
        String.join(", ", faults),
        tally.acknowledged(),
        tally.refused(),
        tally.unknown(),
        settled.toMillis() / 1000.0,
        counts.values().stream().mapToLong(AtomicLong::get).sum(),
        acknowledged,
        violations);
  }

  /// What all rounds came to.
  public void sumUp() {
    out.printf("%,d requests refused, %,d without an answer%n", refused, unknown);
    out.println(
        new TreeMap<>(counts)
            .entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", ")));
  }
}

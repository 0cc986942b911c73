package orders.faults.plan;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Everything that will go wrong in a run, drawn from a seed: the same seed draws the same plan.
///
/// Kinds of faults are dealt like cards, so that each comes up before any comes up again.
///
/// @param rounds a longer plan of the same seed begins with those of a shorter one
public record Plan(long seed, List<Round> rounds) {
  private static final int FAULTS = 3;

  /// All faults of a round begin within this.
  private static final Duration BEGIN = Duration.ofSeconds(5);

  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(6);

  /// @param count of rounds
  public static Plan draw(long seed, int count) {
    Draw draw = new Draw(new Random(seed));
    return new Plan(seed, IntStream.rangeClosed(1, count).mapToObj(draw::round).toList());
  }

  /// So many rounds that each kind of fault comes up.
  public static int roundsForAllKinds() {
    return Math.ceilDiv(FaultKind.values().length, FAULTS);
  }

  private static final class Draw {
    private final Random random;
    private final Deque<FaultKind> deck = new ArrayDeque<>();

    Draw(Random random) {
      this.random = random;
    }

    Round round(int number) {
      int nodes = 2 + number % 2;
      List<Fault> faults = new ArrayList<>();
      for (int i = 0; i < FAULTS; i++) {
        faults.add(
            new Fault(
                kind(),
                random.nextInt(nodes),
                upTo(Duration.ZERO, BEGIN),
                upTo(SHORTEST, LONGEST)));
      }
      return new Round(number, nodes, random.nextLong(), List.copyOf(faults));
    }

    private FaultKind kind() {
      if (deck.isEmpty()) {
        List<FaultKind> shuffled = new ArrayList<>(List.of(FaultKind.values()));
        Collections.shuffle(shuffled, random);
        deck.addAll(shuffled);
      }
      return deck.pop();
    }

    private Duration upTo(Duration least, Duration most) {
      return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis()));
    }
  }
}

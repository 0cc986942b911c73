package orders.domain;

import static orders.domain.Samples.REASON;
import static orders.domain.Samples.placed;
import static orders.domain.Samples.reference;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Thousands of random lives, each checked against the rules written down a second time, in another
/// way: from the history alone.
final class OrderLifeTest {
  private static final int LIVES = 5_000;
  private static final int WISHES = 60;

  /// The picture of the life of an order: which status may follow which.
  private static final Map<Status, Set<Status>> LEGAL =
      Map.of(
          Status.PENDING, EnumSet.of(Status.PENDING, Status.PROCESSING, Status.CANCELLED),
          Status.PROCESSING, EnumSet.of(Status.PROCESSING, Status.COMPLETED, Status.COMPENSATING),
          Status.COMPENSATING, EnumSet.of(Status.COMPENSATING, Status.FAILED, Status.CANCELLED),
          Status.COMPLETED, EnumSet.of(Status.COMPLETED),
          Status.FAILED, EnumSet.of(Status.FAILED, Status.PROCESSING),
          Status.CANCELLED, EnumSet.of(Status.CANCELLED));

  private final List<Fact> history = new ArrayList<>(List.of(new Fact.Placed()));
  private Order order = placed();

  @Test
  void noRandomSequenceOfMovesBreaksTheRules() {
    Set<Status> ends = EnumSet.noneOf(Status.class);
    int refusals = 0;
    for (long seed = 0; seed < LIVES; seed++) {
      var life = new OrderLifeTest();
      refusals += life.live(new SplittableRandom(seed));
      ends.add(life.order.status());
      assertThat(History.replay(life.history)).as("seed %d", seed).isEqualTo(life.toldStatus());
    }
    // Without these, the test could have proved its point on lives in which nothing happens.
    assertThat(ends).containsExactlyInAnyOrder(Status.values());
    assertThat(refusals).isGreaterThan(LIVES);
  }

  /// @return how many wishes were refused
  private int live(SplittableRandom random) {
    int refused = 0;
    int wishes = random.nextInt(WISHES);
    for (int i = 0; i < wishes; i++) {
      if (hasWork(order) && random.nextInt(4) > 0) {
        order = order.claimed();
      }
      Order before = order;
      switch (wish(random)) {
        case Move.Made(Order after, List<Fact> facts) -> {
          assertThat(LEGAL.get(before.status())).contains(after.status());
          assertThat(after.version()).isEqualTo(before.version() + facts.size());
          history.addAll(facts);
          order = after;
        }
        case Move.Refused(Status status, String explanation) -> {
          refused++;
          assertThat(status).isEqualTo(before.status());
          assertThat(explanation).contains(status.name().toLowerCase(Locale.ROOT));
        }
      }
      assertThat(order.version()).isEqualTo(history.size());
      assertThat(order.purchase()).isEqualTo(before.purchase());
      if (before.status() == Status.COMPLETED || before.status() == Status.CANCELLED) {
        assertThat(order).isEqualTo(before);
      }
    }
    return refused;
  }

  private static boolean hasWork(Order order) {
    return !order.status().isTerminal() && !(order.state() instanceof State.Parked);
  }

  /// The status as a history can tell it: a claim alone leaves no trace there.
  private Status toldStatus() {
    return order.version() == 1 && order.status() == Status.PROCESSING
        ? Status.PENDING
        : order.status();
  }

  private Move wish(SplittableRandom random) {
    Step step = List.of(Step.values()).get(random.nextInt(3));
    // Mostly the step that is current, or few lives would get anywhere.
    if (order.state() instanceof State.Processing(Step current, _) && random.nextInt(3) > 0) {
      step = current;
    } else if (order.state() instanceof State.Compensating(Step current, _, _)
        && random.nextInt(3) > 0) {
      step = current;
    }
    return switch (random.nextInt(16)) {
      case 0 -> order.stepDeclined(step, REASON);
      case 1 -> order.stepGivenUp(step, REASON);
      case 2, 3 -> order.stepFailed(step, REASON);
      case 4 -> order.undoFailed(step, REASON);
      case 5 -> order.undoGivenUp(step, REASON);
      case 6, 7, 8 -> order.stepUndone(step);
      case 9 -> order.cancel();
      case 10 -> order.retry();
      default -> order.stepDone(step, reference(step));
    };
  }
}

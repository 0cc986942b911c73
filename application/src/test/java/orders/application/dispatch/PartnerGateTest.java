package orders.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import orders.application.fake.ManualThreads;
import orders.application.port.WorkQueue.Obstacle;
import orders.domain.Step;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PartnerGateTest {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final ManualThreads threads = new ManualThreads();
  private final PartnerGate gate =
      new PartnerGate(Step.PAYMENT, new PartnerLimits(4, 3, PAUSE), threads);

  private PartnerGate.Pass pass() {
    return switch (gate.enter()) {
      case PartnerGate.Pass pass -> pass;
      case PartnerGate.Shut shut -> throw new AssertionError("turned away: " + shut);
    };
  }

  private PartnerGate.Shut turnedAway() {
    return switch (gate.enter()) {
      case PartnerGate.Pass _ -> throw new AssertionError("let through");
      case PartnerGate.Shut shut -> shut;
    };
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      pass().leave(false);
    }
  }

  @Nested
  final class Breaker {
    @Test
    void staysClosedWhileSomeCallsSucceed() {
      for (int i = 0; i < 50; i++) {
        fail(2);
        pass().leave(true);
      }
      assertThat(gate.isOpenToAll()).isTrue();
    }

    @Test
    void opensWhenThatManyCallsInARowWentWrong() {
      fail(3);
      assertThat(gate.isOpenToAll()).isFalse();
      PartnerGate.Shut shut = turnedAway();
      assertThat(shut.obstacle()).isEqualTo(Obstacle.BREAKER);
      assertThat(shut.comeBackAfter()).isBetween(PAUSE, PAUSE.plusMillis(100));
    }

    @Test
    void letsOneProbeThroughAfterThePauseAndClosesWhenItSucceeds() {
      fail(3);
      threads.pass(PAUSE);
      PartnerGate.Pass probe = pass();
      assertThat(turnedAway().obstacle()).isEqualTo(Obstacle.BREAKER);
      probe.leave(true);
      assertThat(gate.isOpenToAll()).isTrue();
      pass().leave(true);
    }

    @Test
    void opensAgainForAnotherPauseWhenTheProbeFails() {
      fail(3);
      threads.pass(PAUSE);
      pass().leave(false);
      assertThat(gate.isOpenToAll()).isFalse();
      threads.pass(PAUSE.minusMillis(1));
      assertThat(turnedAway().obstacle()).isEqualTo(Obstacle.BREAKER);
      threads.pass(Duration.ofMillis(1));
      pass().leave(true);
      assertThat(gate.isOpenToAll()).isTrue();
    }

    @Test
    void doesNotListenToCallsThatBeganBeforeItOpened() {
      PartnerGate.Pass slow = pass();
      fail(3);
      threads.pass(PAUSE);
      PartnerGate.Pass probe = pass();
      slow.leave(true);
      assertThat(gate.isOpenToAll()).as("only the probe closes it").isFalse();
      probe.leave(true);
      assertThat(gate.isOpenToAll()).isTrue();
    }

    @Test
    void sendsThoseItTurnsAwayBackOneAfterTheOther() {
      fail(3);
      List<Duration> returns = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        returns.add(turnedAway().comeBackAfter());
      }
      assertThat(returns).doesNotHaveDuplicates().isSorted();
      assertThat(returns.getLast()).isLessThan(PAUSE.plusSeconds(6));
    }

    @Test
    void neverSendsAnybodyAwayForLongHoweverManyThereAre() {
      fail(3);
      for (int i = 0; i < 100_000; i++) {
        assertThat(turnedAway().comeBackAfter()).isBetween(PAUSE, PAUSE.plusSeconds(31));
      }
    }
  }

  @Nested
  final class Limit {
    @Test
    void letsNoMoreThroughAtOnceThanItSays() {
      List<PartnerGate.Pass> calls = List.of(pass(), pass(), pass(), pass());
      assertThat(turnedAway().obstacle()).isEqualTo(Obstacle.PARTNER);
      calls.getFirst().leave(true);
      pass().leave(true);
    }

    @Test
    void sendsAwayForAboutAsLongAsThePartnerNeeds() {
      for (int i = 0; i < 100; i++) {
        PartnerGate.Pass call = pass();
        threads.pass(Duration.ofSeconds(2));
        call.leave(true);
      }
      for (int i = 0; i < 4; i++) {
        pass();
      }
      // Four at once, two seconds each: one finishes every half a second.
      for (int i = 1; i <= 10; i++) {
        assertThat(turnedAway().comeBackAfter())
            .isBetween(Duration.ofMillis(490L * i), Duration.ofMillis(500L * i));
      }
    }

    @Test
    void forgetsTheTurnsOfAnOutageOnceItIsOver() {
      fail(3);
      for (int i = 0; i < 6_000; i++) {
        turnedAway();
      }
      threads.pass(PAUSE);
      pass().leave(true);
      for (int i = 0; i < 4; i++) {
        pass();
      }
      assertThat(turnedAway().comeBackAfter()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void countsACallOnceHoweverItEnds() {
      for (int i = 0; i < 100; i++) {
        pass().leave(i % 2 == 0);
      }
      for (int i = 0; i < 4; i++) {
        pass();
      }
      assertThat(turnedAway().obstacle()).isEqualTo(Obstacle.PARTNER);
    }
  }

  @Test
  void tellsOperatorsHowItIs() {
    assertThat(gate.figures())
        .isEqualTo(new PartnerFigures(PartnerFigures.Breaker.CLOSED, 0, 4, 0, 0));
    PartnerGate.Pass pass = pass();
    assertThat(gate.figures().calls()).isEqualTo(1);
    pass.leave(false);
    fail(2);
    gate.turnedAway(Obstacle.BREAKER);
    gate.turnedAway(Obstacle.PARTNER);
    gate.turnedAway(Obstacle.PARTNER);
    assertThat(gate.figures())
        .isEqualTo(new PartnerFigures(PartnerFigures.Breaker.OPEN, 0, 4, 2, 1));
    threads.pass(PAUSE);
    PartnerGate.Pass probe = pass();
    assertThat(gate.figures().breaker()).isEqualTo(PartnerFigures.Breaker.HALF_OPEN);
    probe.leave(true);
    assertThat(gate.figures().breaker()).isEqualTo(PartnerFigures.Breaker.CLOSED);
  }
}

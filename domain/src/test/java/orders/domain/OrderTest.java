package orders.domain;

import static orders.domain.Failure.Kind.DECLINED;
import static orders.domain.Failure.Kind.GIVEN_UP;
import static orders.domain.Samples.REASON;
import static orders.domain.Samples.placed;
import static orders.domain.Samples.reference;
import static orders.domain.Step.CONFIRMATION;
import static orders.domain.Step.DELIVERY;
import static orders.domain.Step.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class OrderTest {
  private static Move.Made made(Move move) {
    return switch (move) {
      case Move.Made made -> made;
      case Move.Refused refused -> throw new AssertionError(refused.explanation());
    };
  }

  private static Order done(Order order, Step step) {
    return made(order.stepDone(step, reference(step))).order();
  }

  private static Order processing(Step step) {
    Order order = placed().claimed();
    for (Step earlier = CONFIRMATION; earlier != step; earlier = earlier.next().orElseThrow()) {
      order = done(order, earlier);
    }
    return order;
  }

  private static Order failed() {
    Order declined = made(processing(PAYMENT).stepDeclined(PAYMENT, REASON)).order();
    return made(made(declined.stepUndone(PAYMENT)).order().stepUndone(CONFIRMATION)).order();
  }

  private static Order parked() {
    Order cancelled = made(processing(PAYMENT).cancel()).order();
    return made(cancelled.undoGivenUp(PAYMENT, REASON)).order();
  }

  @Nested
  final class OnTheWay {
    @Test
    void aNewOrderIsPendingWithOneEvent() {
      Move.Made move = Order.place(Samples.ID, placed().purchase());
      assertThat(move.facts()).containsExactly(new Fact.Placed());
      assertThat(move.order().status()).isEqualTo(Status.PENDING);
      assertThat(move.order().version()).isEqualTo(1);
      assertThat(move.versionBefore()).isZero();
    }

    @Test
    void aClaimBeginsTheFirstStepWithoutAnEvent() {
      Order claimed = placed().claimed();
      assertThat(claimed.state()).isEqualTo(new State.Processing(CONFIRMATION, 0));
      assertThat(claimed.version()).isEqualTo(1);
      assertThat(claimed.claimed()).isEqualTo(claimed);
    }

    @Test
    void theEndOfAStepMakesTheNextOneCurrent() {
      Move.Made move = made(placed().claimed().stepDone(CONFIRMATION, reference(CONFIRMATION)));
      assertThat(move.order().state()).isEqualTo(new State.Processing(PAYMENT, 0));
      assertThat(move.facts())
          .containsExactly(new Fact.StepDone(CONFIRMATION, 1, reference(CONFIRMATION)));
    }

    @Test
    void theLastStepCompletesTheOrderInTheSameMove() {
      Move.Made move = made(processing(DELIVERY).stepDone(DELIVERY, reference(DELIVERY)));
      assertThat(move.order().state()).isEqualTo(new State.Completed());
      assertThat(move.order().version()).isEqualTo(5);
      assertThat(move.facts())
          .containsExactly(
              new Fact.StepDone(DELIVERY, 1, reference(DELIVERY)), new Fact.Completed());
    }

    @Test
    void failedAttemptsAreCountedPerStepAndRemembered() {
      Order order = made(placed().claimed().stepFailed(CONFIRMATION, REASON)).order();
      assertThat(order.state()).isEqualTo(new State.Processing(CONFIRMATION, 1));
      Move.Made second = made(order.stepDone(CONFIRMATION, reference(CONFIRMATION)));
      assertThat(second.facts())
          .containsExactly(new Fact.StepDone(CONFIRMATION, 2, reference(CONFIRMATION)));
      assertThat(second.order().state()).isEqualTo(new State.Processing(PAYMENT, 0));
    }

    @Test
    void anotherStepThanTheCurrentOneIsRefused() {
      assertThat(processing(PAYMENT).stepDone(CONFIRMATION, reference(CONFIRMATION)))
          .isInstanceOf(Move.Refused.class);
      assertThat(processing(PAYMENT).stepUndone(PAYMENT)).isInstanceOf(Move.Refused.class);
    }
  }

  @Nested
  final class Undoing {
    @Test
    void aDeclinedStepUndoesEveryBegunStepNewestFirstAndFails() {
      Order order = made(processing(DELIVERY).stepDeclined(DELIVERY, REASON)).order();
      assertThat(order.state())
          .isEqualTo(
              new State.Compensating(
                  DELIVERY, 0, new Cause.FailedStep(new Failure(DELIVERY, DECLINED, REASON))));
      order = made(order.stepUndone(DELIVERY)).order();
      order = made(order.stepUndone(PAYMENT)).order();
      Move.Made last = made(order.stepUndone(CONFIRMATION));
      assertThat(last.facts())
          .containsExactly(new Fact.StepUndone(CONFIRMATION, 1), new Fact.Failed());
      assertThat(last.order().state())
          .isEqualTo(new State.Failed(new Failure(DELIVERY, DECLINED, REASON)));
    }

    @Test
    void aStepThatIsGivenUpIsUndoneToo() {
      Order order = made(processing(PAYMENT).stepFailed(PAYMENT, REASON)).order();
      Move.Made move = made(order.stepGivenUp(PAYMENT, REASON));
      assertThat(move.facts()).containsExactly(new Fact.StepGivenUp(PAYMENT, 2, REASON));
      assertThat(move.order().state())
          .isEqualTo(
              new State.Compensating(
                  PAYMENT, 0, new Cause.FailedStep(new Failure(PAYMENT, GIVEN_UP, REASON))));
    }

    @Test
    void anUndoThatIsGivenUpParksTheOrderAndKeepsWhyItWasUndone() {
      Order order = made(processing(PAYMENT).stepDeclined(PAYMENT, REASON)).order();
      order = made(order.undoFailed(PAYMENT, REASON)).order();
      Move.Made move = made(order.undoGivenUp(PAYMENT, REASON));
      assertThat(move.facts()).containsExactly(new Fact.UndoGivenUp(PAYMENT, 2, REASON));
      assertThat(move.order().state())
          .isEqualTo(
              new State.Parked(
                  PAYMENT, new Cause.FailedStep(new Failure(PAYMENT, DECLINED, REASON)), REASON));
      assertThat(move.order().status()).isEqualTo(Status.COMPENSATING);
    }

    @Test
    void aParkedOrderHasNoWorkAndIsMovedByNobodyButAnOperator() {
      Order parked = parked();
      assertThatThrownBy(parked::claimed).isInstanceOf(IllegalStateException.class);
      assertThat(parked.stepUndone(PAYMENT)).isInstanceOf(Move.Refused.class);
      assertThat(parked.undoFailed(PAYMENT, REASON)).isInstanceOf(Move.Refused.class);
      assertThat(parked.cancel()).isInstanceOf(Move.Refused.class);
    }

    @Test
    void aFailedUndoMayBeTriedAgainAnyNumberOfTimes() {
      Order order = made(processing(PAYMENT).cancel()).order();
      for (int i = 0; i < 100; i++) {
        order = made(order.undoFailed(PAYMENT, REASON)).order();
      }
      assertThat(made(order.stepUndone(PAYMENT)).facts())
          .containsExactly(new Fact.StepUndone(PAYMENT, 101));
    }
  }

  @Nested
  final class Cancelling {
    @Test
    void anOrderOfWhichNothingWasBegunEndsAtOnce() {
      Move.Made move = made(placed().cancel());
      assertThat(move.order().state()).isEqualTo(new State.Cancelled());
      assertThat(move.facts()).containsExactly(new Fact.Cancelled());
    }

    @Test
    void anOrderInProgressIsUndoneFromItsCurrentStep() {
      Order order = made(processing(PAYMENT).cancel()).order();
      assertThat(order.state())
          .isEqualTo(new State.Compensating(PAYMENT, 0, new Cause.CancelRequested()));
      order = made(order.stepUndone(PAYMENT)).order();
      assertThat(made(order.stepUndone(CONFIRMATION)).order().state())
          .isEqualTo(new State.Cancelled());
    }

    @Test
    void aRefusalNamesTheState() {
      Order completed = done(processing(DELIVERY), DELIVERY);
      assertThat(completed.cancel())
          .isEqualTo(
              new Move.Refused(
                  Status.COMPLETED, "An order that is completed cannot be cancelled."));
      assertThat(made(processing(PAYMENT).cancel()).order().cancel())
          .isEqualTo(
              new Move.Refused(
                  Status.COMPENSATING, "An order that is compensating cannot be cancelled."));
      assertThat(failed().cancel()).isInstanceOf(Move.Refused.class);
    }
  }

  @Nested
  final class Retrying {
    @Test
    void startsFromTheFirstStepSinceAllWasUndone() {
      Move.Made move = made(failed().retry());
      assertThat(move.facts()).containsExactly(new Fact.Retried());
      assertThat(move.order().state()).isEqualTo(new State.Processing(CONFIRMATION, 0));
      assertThat(move.order().round()).isEqualTo(2);
      assertThat(move.order().version()).isEqualTo(failed().version() + 1);
    }

    @Test
    void resumesAParkedOrderExactlyWhereItIsParked() {
      Move.Made move = made(parked().retry());
      assertThat(move.facts()).containsExactly(new Fact.Retried());
      assertThat(move.order().state())
          .isEqualTo(new State.Compensating(PAYMENT, 0, new Cause.CancelRequested()));
      assertThat(move.order().round()).as("the same calls, not new ones").isEqualTo(1);
    }

    @Test
    void onlyAFailedOrAParkedOrderCanBeRetried() {
      assertThat(placed().retry())
          .isEqualTo(
              new Move.Refused(Status.PENDING, "An order that is pending cannot be retried."));
      assertThat(done(processing(DELIVERY), DELIVERY).retry()).isInstanceOf(Move.Refused.class);
    }

    @Test
    void anEndedOrderHasNoWorkToClaim() {
      Order failed = failed();
      assertThatThrownBy(failed::claimed).isInstanceOf(IllegalStateException.class);
    }
  }
}

package orders.application.dispatch;

import static orders.application.fake.Eventually.eventually;
import static orders.application.fake.TestNode.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import orders.application.fake.InMemoryStore;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.Partner.Result;
import orders.application.port.Partner.Trouble;
import orders.application.port.Partner.Undo;
import orders.application.port.Viewer;
import orders.application.port.Waiting;
import orders.application.usecase.Expected;
import orders.application.usecase.Moved;
import orders.domain.Fact;
import orders.domain.OrderId;
import orders.domain.PartnerReference;
import orders.domain.Reason;
import orders.domain.State;
import orders.domain.Status;
import orders.domain.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of one order, by what its partners say.
final class PipelineTest {
  private static final Reason REASON = Reason.of("out of order");

  private final InMemoryStore store = new InMemoryStore();
  private final ScriptedPartner partner = new ScriptedPartner();
  private final TestNode node = new TestNode(store, "a", partner.asPartners(), pool(2, 2));

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void stepsAreDoneOneAfterTheOther() {
    OrderId order = node.place();
    node.awaitStatus(order, Status.COMPLETED);
    assertThat(partner.asked())
        .containsExactly("do CONFIRMATION#1", "do PAYMENT#1", "do DELIVERY#1");
    assertThat(node.facts(order))
        .containsExactly(
            new Fact.Placed(),
            new Fact.StepDone(Step.CONFIRMATION, 1, new PartnerReference(order + "/confirmation")),
            new Fact.StepDone(Step.PAYMENT, 1, new PartnerReference(order + "/payment")),
            new Fact.StepDone(Step.DELIVERY, 1, new PartnerReference(order + "/delivery")),
            new Fact.Completed());
  }

  @Test
  void aStepThatGoesWrongIsTriedAgain() {
    partner.answers(call ->
        call.step() == Step.PAYMENT && call.attempt() < 3
            ? new Result.Retry(REASON, Trouble.SILENCE)
            : ScriptedPartner.done(call));
    OrderId order = node.place();
    node.awaitStatus(order, Status.COMPLETED);
    assertThat(node.facts(order))
        .containsSubsequence(
            new Fact.StepFailed(Step.PAYMENT, 1, REASON),
            new Fact.StepFailed(Step.PAYMENT, 2, REASON),
            new Fact.StepDone(Step.PAYMENT, 3, new PartnerReference(order + "/payment")));
  }

  @Test
  void aStepThatKeepsGoingWrongIsGivenUpAndAllIsUndone() {
    partner.answers(call ->
        call.step() == Step.PAYMENT
            ? new Result.Retry(REASON, Trouble.SILENCE)
            : ScriptedPartner.done(call));
    OrderId order = node.place();
    node.awaitStatus(order, Status.FAILED);
    assertThat(partner.asked())
        .containsExactly(
            "do CONFIRMATION#1",
            "do PAYMENT#1",
            "do PAYMENT#2",
            "do PAYMENT#3",
            "undo PAYMENT#1",
            "undo CONFIRMATION#1");
    assertThat(node.facts(order)).contains(new Fact.StepGivenUp(Step.PAYMENT, 3, REASON));
  }

  @Test
  void aDeclineUndoesWhatWasBegunNewestFirst() {
    partner.answers(call ->
        call.step() == Step.DELIVERY ? new Result.Declined(REASON) : ScriptedPartner.done(call));
    OrderId order = node.place();
    node.awaitStatus(order, Status.FAILED);
    assertThat(partner.asked())
        .endsWith("do DELIVERY#1", "undo DELIVERY#1", "undo PAYMENT#1", "undo CONFIRMATION#1");
  }

  @Test
  void anUndoIsTriedAgainWithAttemptsOfItsOwn() {
    partner.answers(call ->
        call.step() == Step.PAYMENT ? new Result.Declined(REASON) : ScriptedPartner.done(call));
    partner.answersUndo(call ->
        call.attempt() < TestNode.QUICK_RETRIES.undoAttempts()
            ? new Undo.Retry(REASON, Trouble.SILENCE)
            : new Undo.Undone());
    OrderId order = node.place();
    node.awaitStatus(order, Status.FAILED);
    assertThat(partner.asked()).contains("undo PAYMENT#4", "undo CONFIRMATION#4");
  }

  @Test
  void anUndoThatKeepsGoingWrongParksTheOrderUntilAnOperatorHasItGoOnExactlyThere() {
    partner.answers(call ->
        call.step() == Step.PAYMENT ? new Result.Declined(REASON) : ScriptedPartner.done(call));
    AtomicBoolean mended = new AtomicBoolean();
    partner.answersUndo(
        _ -> mended.get() ? new Undo.Undone() : new Undo.Retry(REASON, Trouble.SILENCE));
    OrderId order = node.place();
    awaitParked(order);
    assertThat(node.facts(order)).endsWith(new Fact.UndoGivenUp(Step.PAYMENT, 4, REASON));
    int asked = partner.asked().size();

    mended.set(true);
    assertThat(node.retryOrder.retry(order, new Viewer.Unrestricted(), new Expected.Any()))
        .isInstanceOf(Moved.Accepted.class);
    node.awaitStatus(order, Status.FAILED);
    assertThat(partner.asked().subList(asked, partner.asked().size()))
        .containsExactly("undo PAYMENT#1", "undo CONFIRMATION#1");
  }

  @Test
  void anUndoThatIsRefusedParksTheOrderAtOnce() {
    partner.answers(call ->
        call.step() == Step.DELIVERY ? new Result.Declined(REASON) : ScriptedPartner.done(call));
    partner.answersUndo(
        call -> call.step() == Step.PAYMENT ? new Undo.Refused(REASON) : new Undo.Undone());
    OrderId order = node.place();
    awaitParked(order);
    assertThat(node.facts(order)).endsWith(new Fact.UndoGivenUp(Step.PAYMENT, 1, REASON));
    assertThat(partner.asked()).endsWith("undo DELIVERY#1", "undo PAYMENT#1");
  }

  @Test
  void anUndoThatMustWaitCountsNoAttempt() {
    partner.answers(call ->
        call.step() == Step.CONFIRMATION
            ? new Result.Declined(REASON)
            : ScriptedPartner.done(call));
    AtomicInteger asked = new AtomicInteger();
    partner.answersUndo(
        _ -> asked.incrementAndGet() <= 2 ? new Undo.Wait(Duration.ZERO) : new Undo.Undone());
    OrderId order = node.place();
    node.awaitStatus(order, Status.FAILED);
    assertThat(partner.asked())
        .endsWith("undo CONFIRMATION#1", "undo CONFIRMATION#1", "undo CONFIRMATION#1");
  }

  private void awaitParked(OrderId order) {
    eventually(order + " is parked", () -> node.find(order).state() instanceof State.Parked);
    eventually("nobody holds it", () -> store.holder(order).isEmpty());
  }

  @Test
  void aPartnerIsLeftAloneForAsLongAsItAsksTo() {
    partner.answers(_ -> new Result.Retry(REASON, Trouble.BUSY, Optional.of(Duration.ofHours(2))));
    OrderId order = node.place();
    eventually("the attempt is recorded", () -> node.find(order).version() == 2);
    eventually("it waits", () -> store.holder(order).isEmpty());
    assertThat(store.queries().find(order).orElseThrow().waiting().orElseThrow())
        .isInstanceOfSatisfying(
            Waiting.ForPartner.class,
            waiting -> {
              assertThat(waiting.attempt()).isEqualTo(2);
              assertThat(waiting.lastError()).contains(REASON);
            });
    store.passTime(Duration.ofMinutes(119));
    assertThat(store.queue("other").claim(1)).isEmpty();
    store.passTime(Duration.ofMinutes(2));
    eventually("it is asked again", () -> partner.asked().size() == 2);
  }

  @Test
  void aPartnerThatSaysNotYetIsAskedAgainWithoutCountingAnAttempt() {
    AtomicInteger asked = new AtomicInteger();
    partner.answers(call ->
        call.step() == Step.CONFIRMATION && asked.incrementAndGet() <= 5
            ? new Result.Wait(Duration.ofMillis(1))
            : ScriptedPartner.done(call));
    OrderId order = node.place();
    node.awaitStatus(order, Status.COMPLETED);
    assertThat(partner.asked()).startsWith("do CONFIRMATION#1", "do CONFIRMATION#1");
    assertThat(node.facts(order)).hasSize(5);
  }

  @Test
  void waitingFreesTheWorker() {
    partner.answers(_ -> new Result.Wait(Duration.ofHours(1)));
    for (int i = 0; i < 20; i++) {
      node.place();
    }
    eventually("all 20 were asked about", () -> partner.asked().size() == 20);
    eventually("no worker is busy", () -> node.dispatcher.busyWorkers() == 0);
  }

  @Test
  void aPartnerThatThrowsIsAskedAgain() {
    partner.answers(call -> {
      if (call.attempt() == 1) {
        throw new IllegalStateException("broken");
      }
      return ScriptedPartner.done(call);
    });
    OrderId order = node.place();
    node.awaitStatus(order, Status.COMPLETED);
    assertThat(node.facts(order))
        .contains(
            new Fact.StepFailed(Step.CONFIRMATION, 1, Reason.of("the partner could not be asked")));
  }

  @Test
  void aPartnerThatDoesNotAnswerInTimeIsAskedAgain() {
    Semaphore never = new Semaphore(0);
    RetryPolicy hasty =
        new RetryPolicy(2, 2, Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofMillis(1));
    partner.answers(call -> {
      if (call.step() == Step.PAYMENT) {
        never.acquireUninterruptibly();
      }
      return ScriptedPartner.done(call);
    });
    try (TestNode other =
        new TestNode(store, "b", store.queue("b"), partner.asPartners(), hasty, pool(1, 1))) {
      node.close();
      OrderId order = other.place();
      other.awaitStatus(order, Status.FAILED);
      Reason late = Reason.of("no answer within 20 ms");
      assertThat(other.facts(order))
          .containsSubsequence(
              new Fact.StepFailed(Step.PAYMENT, 1, late),
              new Fact.StepGivenUp(Step.PAYMENT, 2, late),
              new Fact.StepUndone(Step.PAYMENT, 1));
    } finally {
      never.release(10);
    }
  }

  @Test
  void cancellingWinsOverAStepThatIsRunning() {
    Semaphore gate = new Semaphore(0);
    partner.answers(call -> {
      if (call.step() == Step.PAYMENT) {
        gate.acquireUninterruptibly();
      }
      return ScriptedPartner.done(call);
    });
    OrderId order = node.place();
    eventually("payment runs", () -> partner.asked().contains("do PAYMENT#1"));
    assertThat(node.cancelOrder.cancel(order, new Viewer.Unrestricted(), new Expected.Any()))
        .isInstanceOf(Moved.Accepted.class);
    gate.release(10);
    node.awaitStatus(order, Status.CANCELLED);
    assertThat(partner.asked())
        .containsSubsequence("do PAYMENT#1", "undo PAYMENT#1", "undo CONFIRMATION#1")
        .doesNotContain("do DELIVERY#1");
    assertThat(node.facts(order)).doesNotContain(new Fact.Completed());
  }

  @Test
  void aRetriedOrderAsksForEverythingAgainUnderNewKeys() {
    partner.answers(call ->
        call.order().round() == 1 && call.step() == Step.PAYMENT
            ? new Result.Declined(REASON)
            : ScriptedPartner.done(call));
    OrderId order = node.place();
    node.awaitStatus(order, Status.FAILED);
    assertThat(node.retryOrder.retry(order, new Viewer.Unrestricted(), new Expected.Any()))
        .isInstanceOf(Moved.Accepted.class);
    node.awaitStatus(order, Status.COMPLETED);
    assertThat(node.facts(order))
        .contains(
            new Fact.StepDone(
                Step.CONFIRMATION, 1, new PartnerReference(order + "/confirmation/2")));
  }
}

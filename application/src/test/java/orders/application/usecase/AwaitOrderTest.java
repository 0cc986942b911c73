package orders.application.usecase;

import static orders.application.fake.Eventually.eventually;
import static orders.application.fake.TestNode.pool;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import orders.application.fake.InMemoryStore;
import orders.application.fake.ScriptedPartner;
import orders.application.fake.TestNode;
import orders.application.port.Viewer;
import orders.domain.OrderId;
import orders.domain.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AwaitOrderTest {
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private final InMemoryStore store = new InMemoryStore();
  private final Semaphore gate = new Semaphore(0);
  private final ScriptedPartner partner =
      new ScriptedPartner()
          .answers(call -> {
            gate.acquireUninterruptibly();
            return ScriptedPartner.done(call);
          });
  private final TestNode node = new TestNode(store, "a", partner.asPartners(), pool(1, 1));

  @AfterEach
  void stop() {
    gate.release(100);
    node.close();
  }

  private CompletableFuture<Status> awaitInBackground(OrderId order, Duration atMost) {
    return CompletableFuture.supplyAsync(() -> await(order, atMost), THREADS);
  }

  private Status await(OrderId order, Duration atMost) {
    try {
      return node.awaitOrder
          .await(order, new Viewer.Unrestricted(), atMost)
          .orElseThrow()
          .order()
          .status();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void returnsOnceTheOrderHasEnded() {
    OrderId order = node.place();
    CompletableFuture<Status> answer = awaitInBackground(order, Duration.ofHours(1));
    gate.release(2);
    eventually("two steps are done", () -> node.find(order).version() == 3);
    assertThat(answer).isNotDone();
    gate.release(1);
    assertThat(answer.join()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void returnsTheOrderAsItIsWhenTimeIsOver() {
    assertThat(await(node.place(), Duration.ofMillis(30))).isEqualTo(Status.PROCESSING);
    assertThat(await(node.place(), Duration.ZERO)).isEqualTo(Status.PROCESSING);
  }

  @Test
  void noticesAnEndThatCameAboutOnAnotherNode() {
    node.dispatcher.stop(Duration.ZERO);
    OrderId order = node.place();
    CompletableFuture<Status> answer = awaitInBackground(order, Duration.ofHours(1));
    TestNode other = new TestNode(store, "b", new ScriptedPartner().asPartners(), pool(1, 1));
    assertThat(answer.join()).isEqualTo(Status.COMPLETED);
    other.close();
  }

  @Test
  void everybodyIsAnsweredWhenTheServerStops() {
    OrderId order = node.place();
    CompletableFuture<Status> answer = awaitInBackground(order, Duration.ofHours(1));
    node.watch.close();
    assertThat(answer.join()).isEqualTo(Status.PROCESSING);
    assertThat(await(order, Duration.ofHours(1))).isEqualTo(Status.PROCESSING);
  }

  @Test
  void anUnknownOrderIsAnsweredAtOnce() throws InterruptedException {
    assertThat(
            node.awaitOrder.await(TestNode.newId(), new Viewer.Unrestricted(), Duration.ofHours(1)))
        .isEmpty();
  }
}

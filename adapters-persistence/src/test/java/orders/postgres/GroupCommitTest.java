package orders.postgres;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which calls share a commit, and what each of them gets.
final class GroupCommitTest {
  private static final int ENOUGH = 5;
  private static final int MOST = 8;
  private static final int CALLS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// What was written, one list for each commit.
  private final Queue<List<String>> commits = new ConcurrentLinkedQueue<>();

  private final CountDownLatch slowBegan = new CountDownLatch(1);
  private final CountDownLatch slow = new CountDownLatch(1);
  private final GroupCommit<String, String> group = group(2);
  private final GroupCommit<String, String> oneWriter = group(1);
  private final List<Thread> callers = new ArrayList<>();

  /// Writes nothing if there is something bad in it, and takes its time for something slow.
  private List<String> write(List<String> items) {
    if (items.contains("slow")) {
      slowBegan.countDown();
      awaitQuietly(slow);
    }
    if (items.stream().anyMatch(item -> item.startsWith("bad"))) {
      throw new IllegalStateException("refused: " + items);
    }
    if (items.contains("unknown")) {
      throw new StoreUnavailable("nobody knows", Effect.UNKNOWN, null);
    }
    commits.add(items);
    return items.stream().map(item -> "written " + item).toList();
  }

  private GroupCommit<String, String> group(int writers) {
    var sharing = new Sharing(writers, ENOUGH, MOST);
    return new GroupCommit<>(
        "test", sharing, CALLS, PATIENCE, GroupCommitTest::subject, this::write);
  }

  /// What comes before a colon, if there is one.
  private static String subject(String item) {
    return item.split(":", 2)[0];
  }

  @AfterEach
  void close() {
    slow.countDown();
    group.close();
    oneWriter.close();
  }

  @Test
  void aCallThatComesAloneIsWrittenAtOnceAndByItself() {
    assertThat(group.write("a")).isEqualTo("written a");
    assertThat(group.write("b")).isEqualTo("written b");

    assertThat(commits).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void callsThatComeWhileACommitIsUnderWayShareTheNext() throws Exception {
    FutureTask<String> first = call("slow");
    List<FutureTask<String>> others = List.of(call("a"), call("b"), call("c"));
    slow.countDown();

    assertThat(first.get()).isEqualTo("written slow");
    assertThat(others.get(0).get()).isEqualTo("written a");
    assertThat(others.get(1).get()).isEqualTo("written b");
    assertThat(others.get(2).get()).isEqualTo("written c");
    assertThat(commits).containsExactly(List.of("slow"), List.of("a", "b", "c"));
  }

  @Test
  void aSecondCommitBeginsBesideTheFirstOnceEnoughHaveCome() throws Exception {
    FutureTask<String> first = call("slow");
    List<FutureTask<String>> others = new ArrayList<>();
    for (int i = 0; i < ENOUGH; i++) {
      others.add(call("item" + i));
    }
    for (FutureTask<String> other : others) {
      var _ = other.get();
    }

    assertThat(first.isDone()).isFalse();
    assertThat(commits).hasSize(1);
  }

  @Test
  void noMoreShareACommitThanMay() throws Exception {
    var _ = call(oneWriter, "slow");
    List<FutureTask<String>> others = new ArrayList<>();
    for (int i = 0; i < MOST + 1; i++) {
      others.add(call(oneWriter, "item" + i));
    }
    slow.countDown();
    for (FutureTask<String> other : others) {
      var _ = other.get();
    }

    assertThat(commits).extracting(List::size).containsExactly(1, MOST, 1);
  }

  @Test
  void whatTheDatabaseRefusesHarmsOnlyItself() throws Exception {
    var _ = call("slow");
    FutureTask<String> good = call("good");
    FutureTask<String> bad = call("bad");
    FutureTask<String> fine = call("fine");
    FutureTask<String> worse = call("bad too");
    slow.countDown();

    assertThat(good.get()).isEqualTo("written good");
    assertThat(fine.get()).isEqualTo("written fine");
    assertThatThrownBy(bad::get).hasRootCauseMessage("refused: [bad]");
    assertThatThrownBy(worse::get).hasRootCauseMessage("refused: [bad too]");
    assertThat(commits.stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("slow", "good", "fine");
  }

  @Test
  void aBatchThatForgetsAnOutcomeIsAMistakeAndEndsNoWriter() {
    GroupCommit.Batch<String, String> forgetful =
        items -> items.contains("forgotten") ? List.of() : items;
    try (var commits =
        new GroupCommit<>(
            "forgetful", new Sharing(1, 1, MOST), CALLS, PATIENCE, x -> x, forgetful)) {
      assertThatThrownBy(() -> commits.write("forgotten"))
          .isInstanceOf(IllegalStateException.class);
      assertThat(commits.write("a")).isEqualTo("a");
    }
  }

  @Test
  void manyItemsOfOneCallerShareCommits() {
    List<String> items = IntStream.range(0, CALLS).mapToObj(i -> "item" + i).toList();

    assertThat(oneWriter.writeAll(items)).isEqualTo(write(items));

    assertThat(commits).hasSizeLessThan(CALLS);
  }

  @Test
  void ifNobodyKnowsWhatCameOfItEveryCallIsToldSo() throws Exception {
    var _ = call("slow");
    List<FutureTask<String>> others = List.of(call("a"), call("unknown"));
    slow.countDown();

    assertThat(others)
        .allSatisfy(other ->
            assertThatThrownBy(other::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage("nobody knows"));
  }

  @Test
  void twoAboutTheSameNeverShareACommit() throws Exception {
    var _ = call("slow");
    List<FutureTask<String>> others = List.of(call("x:1"), call("y:1"), call("x:2"), call("z:1"));
    slow.countDown();
    for (FutureTask<String> other : others) {
      var _ = other.get();
    }

    assertThat(commits)
        .containsExactly(List.of("slow"), List.of("x:1", "y:1", "z:1"), List.of("x:2"));
  }

  @Test
  void oneCallTooManyIsRefusedAtOnceAndThereIsRoomAgainLater() throws Exception {
    List<FutureTask<String>> inside = new ArrayList<>(List.of(call(oneWriter, "slow")));
    for (int i = 1; i < CALLS; i++) {
      inside.add(call(oneWriter, "item" + i));
    }

    assertThatThrownBy(() -> oneWriter.write("one more"))
        .isInstanceOfSatisfying(
            StoreUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE));
    slow.countDown();
    for (FutureTask<String> call : inside) {
      var _ = call.get();
    }
    assertThat(oneWriter.write("later")).isEqualTo("written later");
  }

  @Test
  void whoWaitedForTooLongIsRefusedAndNotWritten() throws Exception {
    Duration patience = Duration.ofMillis(50);
    try (var impatient =
        new GroupCommit<>(
            "impatient",
            new Sharing(1, 1, MOST),
            CALLS,
            patience,
            GroupCommitTest::subject,
            this::write)) {
      FutureTask<String> first = call(impatient, "slow");
      FutureTask<String> late = call(impatient, "late");
      long asked = System.nanoTime();
      while (System.nanoTime() - asked <= patience.toNanos()) {
        Thread.onSpinWait();
      }
      slow.countDown();

      assertThat(first.get()).isEqualTo("written slow");
      assertThatThrownBy(late::get)
          .cause()
          .isInstanceOfSatisfying(
              StoreUnavailable.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE));
      assertThat(impatient.write("next")).isEqualTo("written next");
    }
    assertThat(commits).containsExactly(List.of("slow"), List.of("next"));
  }

  @Test
  void whatWaitsIsStillWrittenWhenItIsClosedAndNothingAfterThat() throws Exception {
    var _ = call("slow");
    FutureTask<String> waiting = call("waiting");
    Thread closing = Thread.ofPlatform().daemon().start(group::close);
    eventually("it is being closed", () -> closing.getState() == Thread.State.WAITING);
    slow.countDown();
    closing.join();

    assertThat(waiting.get()).isEqualTo("written waiting");
    assertThatThrownBy(() -> group.write("later"))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessage("this server is stopping");
  }

  @Test
  void aCallerWhoIsInterruptedWaitsAllTheSameAndStaysInterrupted() throws Exception {
    FutureTask<String> call = call("slow");
    callers.getFirst().interrupt();
    slow.countDown();

    assertThat(call.get()).isEqualTo("written slow, interrupted");
  }

  @Test
  void everyCallOfManyGetsItsOwnOutcomeOfItsOnlyWrite() throws Exception {
    Queue<Integer> written = new ConcurrentLinkedQueue<>();
    Queue<Integer> answered = new ConcurrentLinkedQueue<>();
    GroupCommit.Batch<Integer, Integer> batch =
        items -> {
          written.addAll(items);
          return items.stream().map(item -> -item).toList();
        };
    try (var many =
            new GroupCommit<>("many", new Sharing(3, 4, 16), 100, PATIENCE, item -> item, batch);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        int first = 1 + i * 200;
        threads.execute(() -> {
          for (int item = first; item < first + 200; item++) {
            answered.add(-many.write(item));
          }
        });
      }
    }

    List<Integer> all = IntStream.rangeClosed(1, 50 * 200).boxed().toList();
    assertThat(written).containsExactlyInAnyOrderElementsOf(all);
    assertThat(answered).containsExactlyInAnyOrderElementsOf(all);
  }

  /// Calls from a thread of its own, and returns once that waits or is done; if it is slow, once
  /// its commit is under way.
  private FutureTask<String> call(String item) {
    return call(group, item);
  }

  private FutureTask<String> call(GroupCommit<String, String> to, String item) {
    FutureTask<String> call =
        new FutureTask<>(() -> {
          String outcome = to.write(item);
          return Thread.interrupted() ? outcome + ", interrupted" : outcome;
        });
    Thread caller = Thread.ofPlatform().daemon().start(call);
    callers.add(caller);
    eventually(
        item + " waits", () -> caller.getState() == Thread.State.WAITING || !caller.isAlive());
    if (item.equals("slow")) {
      awaitQuietly(slowBegan);
    }
    return call;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package orders.application.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import orders.application.fake.SamplePurchases;
import orders.application.fake.TestNode;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.Threads;
import orders.domain.Order;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The structures that threads share, over every interleaving of a few threads that a model checker
/// finds worth trying: each behaves as if one thread at a time used it, and nobody waits in vain.
final class ModelCheckedTest {
  private static final int INTERLEAVINGS = 500;

  private static void check(Class<?> structure) {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(2)
        .iterations(20)
        .invocationsPerIteration(INTERLEAVINGS)
        .check(structure);
  }

  @Test
  void aFairQueueBehavesAsIfOneThreadAtATimeUsedIt() {
    check(FairQueueModel.class);
  }

  @Test
  void slotsBehaveAsIfOneThreadAtATimeUsedThem() {
    check(SlotsModel.class);
  }

  /// The operations on a [FairQueue].
  public static final class FairQueueModel {
    private final FairQueue<Integer, Integer> queue = new FairQueue<>();

    @Operation
    public void add(
        @Param(gen = IntGen.class, conf = "0:1") int party,
        @Param(gen = IntGen.class, conf = "1:3") int thing) {
      queue.add(party, thing);
    }

    @Operation
    public @Nullable Integer poll() {
      return queue.poll();
    }

    @Operation
    public boolean remove(
        @Param(gen = IntGen.class, conf = "0:1") int party,
        @Param(gen = IntGen.class, conf = "1:3") int thing) {
      return queue.remove(party, thing);
    }

    @Operation
    public boolean isEmpty() {
      return queue.isEmpty();
    }
  }

  /// The operations on [Slots].
  public static final class SlotsModel {
    private final Slots slots = new Slots(3);

    @Operation
    public boolean takeOne() {
      return slots.takeOne();
    }

    @Operation
    public int takeUpToTwo() {
      return slots.takeUpTo(2);
    }

    @Operation
    public void giveBackOne() {
      slots.giveBack(1);
    }

    @Operation
    public int free() {
      return slots.free();
    }
  }

  @Test
  void noClaimIsForgottenByWorkersThatAreAboutToGoHome() {
    Claim first = claim();
    Claim second = claim();
    Lincheck.runConcurrentTest(
        INTERLEAVINGS,
        () -> {
          var threads = new StartedThreads();
          List<Claim> done = Collections.synchronizedList(new ArrayList<>());
          var workers = new Workers(1, threads, done::add);
          var other = new Thread(() -> workers.submit(second));
          other.start();
          workers.submit(first);
          join(other);
          threads.joinAll();
          if (done.size() != 2 || workers.busy() != 0) {
            throw new AssertionError("done: " + done.size() + ", busy: " + workers.busy());
          }
        });
  }

  @Test
  void aClaimThatArrivesWhileWorkersStopIsEitherGivenBackOrWorkedOn() {
    Claim claim = claim();
    Lincheck.runConcurrentTest(
        10 * INTERLEAVINGS,
        () -> {
          var threads = new StartedThreads();
          var done = new AtomicInteger();
          var workers = new Workers(1, threads, _ -> done.incrementAndGet());
          var refused = new AtomicInteger();
          var submitter =
              new Thread(() -> {
                if (!workers.submit(claim)) {
                  refused.incrementAndGet();
                }
              });
          submitter.start();
          int givenBack = workers.stop().size();
          join(submitter);
          threads.joinAll();
          int seen = done.get() + refused.get() + givenBack;
          if (seen != 1) {
            throw new AssertionError("the claim was seen " + seen + " times");
          }
        });
  }

  @Test
  void nobodyWaitsForAChangeThatHasHappened() {
    Lincheck.runConcurrentTest(
        INTERLEAVINGS,
        () -> {
          Threads.Monitor monitor = new SystemThreads().monitor();
          var changed = new AtomicBoolean();
          var waiter =
              new Thread(() -> {
                try {
                  if (!monitor.await(changed::get, Duration.ofDays(1))) {
                    throw new AssertionError("waited in vain");
                  }
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
          waiter.start();
          changed.set(true);
          monitor.changed();
          join(waiter);
        });
  }

  @Test
  void aWatchIsNotLostWhenAnotherOnTheSameOrderEnds() {
    var order = TestNode.newId();
    Lincheck.runConcurrentTest(
        INTERLEAVINGS,
        () -> {
          var watch = new OrderWatch();
          OrderWatch.Watch ending = watch.watch(order);
          var other = new Thread(ending::close);
          other.start();
          OrderWatch.Watch lasting = watch.watch(order);
          join(other);
          if (!watch.isWatched()) {
            throw new AssertionError("the second watch is lost");
          }
          lasting.close();
          if (watch.isWatched()) {
            throw new AssertionError("a watch is left");
          }
        });
  }

  @Test
  void onlyOneOfManyIsTheFirstToStop() {
    Lincheck.runConcurrentTest(
        INTERLEAVINGS,
        () -> {
          var stop = new StopSignal(new SystemThreads());
          var firsts = new AtomicInteger();
          var other =
              new Thread(() -> {
                if (stop.raise()) {
                  firsts.incrementAndGet();
                }
              });
          other.start();
          if (stop.raise()) {
            firsts.incrementAndGet();
          }
          join(other);
          if (firsts.get() != 1) {
            throw new AssertionError(firsts + " were first");
          }
        });
  }

  @Test
  void aModelCheckerFindsWhatItIsToldToLookFor() {
    var count = new AtomicInteger();
    assertThat(
            catchThrowable(() ->
                Lincheck.runConcurrentTest(
                    INTERLEAVINGS,
                    () -> {
                      count.set(0);
                      Runnable add = () -> count.set(count.get() + 1);
                      var other = new Thread(add);
                      other.start();
                      add.run();
                      join(other);
                      if (count.get() != 2) {
                        throw new AssertionError("an addition is lost");
                      }
                    })))
        .isInstanceOf(AssertionError.class);
  }

  private static Claim claim() {
    Order order = Order.place(TestNode.newId(), SamplePurchases.bookcases()).order().claimed();
    return new Claim(order, new Lease(order.id(), 1));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Threads that the model checker sees, and that can be waited for.
  private static final class StartedThreads implements Threads {
    private final List<Thread> started = new ArrayList<>();

    void joinAll() {
      for (int i = 0; ; i++) {
        Thread next;
        synchronized (started) {
          if (i == started.size()) {
            return;
          }
          next = started.get(i);
        }
        join(next);
      }
    }

    @Override
    public Task start(String name, Runnable work) {
      var thread = new Thread(work);
      synchronized (started) {
        started.add(thread);
      }
      thread.start();
      return thread::interrupt;
    }

    @Override
    public Task startService(String name, Runnable work) {
      return start(name, work);
    }

    @Override
    public Task current() {
      return Thread.currentThread()::interrupt;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public RandomGenerator random() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Monitor monitor() {
      return new SystemThreads().monitor();
    }
  }
}

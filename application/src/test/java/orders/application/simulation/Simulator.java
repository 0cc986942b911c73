package orders.application.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import orders.application.port.Threads;
import org.jspecify.annotations.Nullable;

/// Runs tasks one at a time, in an order and at times that follow from a seed alone.
///
/// Each task has a thread, but all of them together have one baton: whoever waits, sleeps or ends
/// hands it back, and the simulator hands it to the task that is due next. Time is made up: it
/// jumps to the moment at which the next task is due. So a run is as repeatable as one in a single
/// thread, while the code that is run may block wherever it likes.
final class Simulator {
  private final SplittableRandom random;
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
  private final List<SimulatedTask> alive = new ArrayList<>();
  private @Nullable SimulatedTask running;
  private @Nullable Throwable failure;
  private long now;
  private long lastWake;

  Simulator(long seed) {
    random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  long nanoTime() {
    return now;
  }

  /// The process that a task belongs to, if it does: all of them end with it, and sleep with it.
  static final class Host {
    private boolean crashed;
    private long asleepUntil;

    boolean isUp() {
      return !crashed;
    }
  }

  /// Ends a process on the spot: no task of it does anything any more.
  void crash(Host host) {
    host.crashed = true;
    for (SimulatedTask task : List.copyOf(alive)) {
      if (task.host == host && task != running) {
        hand(task);
      }
    }
  }

  /// Nothing of `host` happens for `duration`, and what was due then happens after it.
  void putToSleep(Host host, Duration duration) {
    host.asleepUntil = now + duration.toNanos();
  }

  /// The time and the tasks of `host`.
  Threads threads(Host host) {
    return new SimulatedThreads(this, host);
  }

  SimulatedTask start(Host host, Runnable work) {
    SimulatedTask task = new SimulatedTask(this, host, work);
    alive.add(task);
    wakeAfter(task, random.nextLong(50_000));
    return task;
  }

  /// Lets `duration` go by for the running task; interrupts do not shorten it.
  void sleep(Duration duration) {
    SimulatedTask task = runningTask();
    wakeAfter(task, duration.toNanos());
    handBack(task);
  }

  /// Returns when `condition` holds, looked at whenever `monitor` changes, or after `atMost`.
  boolean await(SimulatedMonitor monitor, BooleanSupplier condition, Duration atMost)
      throws InterruptedException {
    SimulatedTask task = runningTask();
    long deadline = now + atMost.toNanos();
    while (true) {
      if (task.takeInterrupt()) {
        throw new InterruptedException();
      }
      if (condition.getAsBoolean()) {
        return true;
      }
      if (now >= deadline) {
        return false;
      }
      wakeAfter(task, deadline - now);
      monitor.waiters.add(task);
      task.waiting = true;
      handBack(task);
      task.waiting = false;
      monitor.waiters.remove(task);
    }
  }

  static final class SimulatedMonitor implements Threads.Monitor {
    private final Simulator simulator;
    private final List<SimulatedTask> waiters = new ArrayList<>();

    SimulatedMonitor(Simulator simulator) {
      this.simulator = simulator;
    }

    @Override
    public void changed() {
      waiters.forEach(task -> simulator.wakeAfter(task, simulator.random.nextLong(20_000)));
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
      return simulator.await(this, condition, atMost);
    }
  }

  void wakeAfter(SimulatedTask task, long nanos) {
    wakes.add(new Wake(now + Math.max(0, nanos), ++lastWake, task, task.stretch));
  }

  SimulatedTask runningTask() {
    SimulatedTask task = running;
    if (task == null) {
      throw new IllegalStateException("not called by a task");
    }
    return task;
  }

  /// Runs until `done` holds.
  ///
  /// @return false if nothing was left to do, or `atMost` was over, before it did
  boolean run(BooleanSupplier done, Duration atMost) {
    long deadline = now + atMost.toNanos();
    while (!done.getAsBoolean()) {
      Wake next = wakes.poll();
      if (next == null || next.at > deadline) {
        if (next != null) {
          wakes.add(next);
        }
        return false;
      }
      now = Math.max(now, next.at);
      SimulatedTask task = next.task;
      // A task that was woken by something else meanwhile waits for something else.
      if (task.ended || task.stretch != next.stretch) {
        continue;
      }
      if (task.host.asleepUntil > now) {
        wakes.add(new Wake(task.host.asleepUntil, ++lastWake, task, task.stretch));
        continue;
      }
      hand(task);
      if (failure != null) {
        throw new AssertionError("a task failed", failure);
      }
    }
    return true;
  }

  /// Ends every task.
  void close() {
    for (SimulatedTask task : List.copyOf(alive)) {
      task.host.crashed = true;
      hand(task);
    }
  }

  private void hand(SimulatedTask task) {
    SimulatedTask before = running;
    running = task;
    task.stretch++;
    var back = new Semaphore(0);
    task.back = back;
    task.turn.release();
    back.acquireUninterruptibly();
    running = before;
    if (task.ended) {
      alive.remove(task);
    }
  }

  private void handBack(SimulatedTask task) {
    if (task.host.crashed) {
      throw new Crashed();
    }
    task.back.release();
    task.turn.acquireUninterruptibly();
    if (task.host.crashed) {
      throw new Crashed();
    }
  }

  /// Ends a task of a process that is gone. An error, since the code must not catch it.
  private static final class Crashed extends Error {
    private static final long serialVersionUID = 1L;

    Crashed() {
      super("crashed", null, false, false);
    }
  }

  static final class SimulatedTask implements Threads.Task {
    private final Simulator simulator;
    private final Host host;
    private final Semaphore turn = new Semaphore(0);

    /// Where the baton goes back to: the simulator, or the task that crashed this one.
    private Semaphore back = new Semaphore(0);

    private boolean interrupted;
    private boolean waiting;
    private boolean ended;

    /// Counts the times it was handed the baton, so that a wake is for one wait only.
    private long stretch;

    private SimulatedTask(Simulator simulator, Host host, Runnable work) {
      this.simulator = simulator;
      this.host = host;
      var _ = Thread.ofVirtual().start(() -> run(work));
    }

    private void run(Runnable work) {
      turn.acquireUninterruptibly();
      try {
        if (!host.crashed) {
          work.run();
        }
      } catch (Crashed _) {
        // As a thread of a killed process ends: without a trace.
      } catch (Throwable e) {
        simulator.failure = e;
      } finally {
        ended = true;
        back.release();
      }
    }

    private boolean takeInterrupt() {
      boolean was = interrupted;
      interrupted = false;
      return was;
    }

    @Override
    public void interrupt() {
      interrupted = true;
      if (waiting) {
        simulator.wakeAfter(this, 0);
      }
    }
  }

  private record Wake(long at, long number, SimulatedTask task, long stretch)
      implements Comparable<Wake> {
    @Override
    public int compareTo(Wake other) {
      int byTime = Long.compare(at, other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }
}

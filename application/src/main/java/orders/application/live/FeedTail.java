package orders.application.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import orders.application.port.EventFeed;
import orders.application.port.EventFeed.Page;
import orders.application.port.FeedEvent;
import orders.application.port.FeedPosition;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;

/// The newest part of the feed, as all on this node read it who follow the feed.
///
/// It holds so many events and no more, whoever has read them or not: no reader delays another one
/// or what is read into it, and one that is too slow has to begin anew from where it was. While
/// there are no readers it holds nothing. Safe from any thread.
public final class FeedTail implements AutoCloseable {
  /// Some ten megabytes: what a second or two bring forth at most.
  public static final int CAPACITY = 32_768;

  private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

  private final EventFeed feed;

  private final RecentEvents events;
  private final ReentrantLock asking = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Semaphore joined = new Semaphore(0);
  private FeedPosition end = FeedPosition.before(Instant.EPOCH, 0);
  private int readers;
  private boolean live;
  private boolean closed;

  /// @param capacity how many events it holds
  public FeedTail(EventFeed feed, int capacity) {
    this.feed = feed;
    this.events = new RecentEvents(capacity);
  }

  /// A reader of what is behind the end of the feed as it is now. Close it when done.
  ///
  /// @throws StoreUnavailable if that cannot be found out
  public Reader join() throws InterruptedException {
    boolean done = false;
    boolean known = count(1);
    try {
      Reader reader = known ? begin(Optional.empty()) : beginFirst();
      done = true;
      return reader;
    } finally {
      if (!done) {
        var _ = count(-1);
      }
    }
  }

  /// Of many who come at once, one asks.
  private Reader beginFirst() throws InterruptedException {
    if (!asking.tryLock(LONGEST_TURN.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new StoreUnavailable("nobody could find the end of the feed", Effect.NONE, null);
    }
    try {
      return begin(end().isPresent() ? Optional.empty() : Optional.of(feed.end()));
    } finally {
      asking.unlock();
    }
  }

  /// @param now the end of the feed; empty if it was known
  private Reader begin(Optional<FeedPosition> now) {
    lock.lock();
    try {
      if (!live) {
        end = now.orElseThrow();
        events.beginBehind(end);
        live = true;
      }
      joined.release();
      return new Reader(events.next(), end);
    } finally {
      lock.unlock();
    }
  }

  /// Counts readers.
  ///
  /// @return whether the end of the feed is known
  private boolean count(int more) {
    lock.lock();
    try {
      readers += more;
      return live;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for readers.
  ///
  /// @return false if there will be none any more
  boolean awaitReaders() throws InterruptedException {
    while (true) {
      if (isClosed()) {
        return false;
      }
      if (end().isPresent()) {
        joined.drainPermits();
        return true;
      }
      joined.acquire();
    }
  }

  /// Where to read on for its readers; if there are none, it forgets everything.
  Optional<FeedPosition> end() {
    lock.lock();
    try {
      if (readers == 0) {
        live = false;
        events.forget();
      }
      return live && !closed ? Optional.of(end) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Takes up what was read behind the end of what was here.
  void append(Page page) {
    lock.lock();
    try {
      page.events().forEach(events::add);
      end = page.end();
      if (!page.events().isEmpty()) {
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends all reading for good.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
      joined.release();
    } finally {
      lock.unlock();
    }
  }

  /// What a reader got.
  public sealed interface Read {
    /// @param end behind the last of them, and behind all that is here if there are none
    record Events(List<FeedEvent> events, FeedPosition end) implements Read {}

    /// Events that were not read yet are here no more.
    record TooLate() implements Read {}

    /// The server stops.
    record Stopping() implements Read {}
  }

  /// Reads on from where it is. Not for sharing between threads.
  public final class Reader implements AutoCloseable {
    private long number;
    private FeedPosition position;
    private boolean open = true;

    private Reader(long number, FeedPosition position) {
      this.number = number;
      this.position = position;
    }

    /// Behind what was read last.
    public FeedPosition position() {
      return position;
    }

    /// Goes to `place`, unless that is before all that is here.
    ///
    /// @return whether it did
    public boolean seek(FeedPosition place) {
      lock.lock();
      try {
        if (!events.reachBackTo(place)) {
          return false;
        }
        position = place;
        number = events.firstBehind(place);
        return true;
      } finally {
        lock.unlock();
      }
    }

    /// Returns as soon as there is something behind the position, or after `atMost`.
    ///
    /// @param max how many events to look at, at most
    public Read read(int max, Duration atMost) throws InterruptedException {
      long left = atMost.toNanos();
      lock.lockInterruptibly();
      try {
        while (!closed && number == events.next() && left > 0) {
          left = news.awaitNanos(left);
        }
        if (closed) {
          return new Read.Stopping();
        }
        return number < events.first() ? new Read.TooLate() : new Read.Events(take(max), position);
      } finally {
        lock.unlock();
      }
    }

    /// Waits for `duration`, or less if the server stops meanwhile.
    ///
    /// @return whether it stops
    public boolean awaitStop(Duration duration) throws InterruptedException {
      long left = duration.toNanos();
      lock.lockInterruptibly();
      try {
        while (!closed && left > 0) {
          left = news.awaitNanos(left);
        }
        return closed;
      } finally {
        lock.unlock();
      }
    }

    private List<FeedEvent> take(int max) {
      List<FeedEvent> taken = new ArrayList<>();
      while (number < events.next() && taken.size() < max) {
        FeedEvent event = events.at(number++);
        // One who comes from another node may be ahead of this one.
        if (event.position().compareTo(position) > 0) {
          taken.add(event);
          position = event.position();
        }
      }
      if (number == events.next() && end.compareTo(position) > 0) {
        position = end;
      }
      return taken;
    }

    @Override
    public void close() {
      if (open) {
        open = false;
        var _ = count(-1);
      }
    }
  }
}

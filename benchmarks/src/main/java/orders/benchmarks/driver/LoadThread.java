package orders.benchmarks.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import orders.benchmarks.driver.Load.Pace;

/// A part of the connections of a load, on one thread.
///
/// Whether the loop is closed or open, it is the same: a connection without a request is idle, and
/// the pace says whether and with which intended time the next request is due.
final class LoadThread {
  private static final int CREATED = 201;
  private static final long MILLI = 1_000_000;

  /// The most that a wait for a request's time may be too long, when no answer ends it.
  private static final long NAP = 50_000;

  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private final Requests.Cursor requests;
  private final Schedule schedule;
  private Clock clock = Clock.NONE;
  private final Tally tally = new Tally();

  /// When requests are due, on one thread.
  private sealed interface Schedule {
    record Closed(Gate gate) implements Schedule {}

    record Open(IntendedTimes times) implements Schedule {}
  }

  LoadThread(List<InetSocketAddress> addresses, Requests.Cursor requests, Pace pace, int part)
      throws IOException {
    this.requests = requests;
    this.schedule =
        switch (pace) {
          case Pace.Closed(Gate gate) -> new Schedule.Closed(gate);
          case Pace.Open(double perSecond) ->
              new Schedule.Open(new IntendedTimes(perSecond, part + 1L));
        };
    for (InetSocketAddress address : addresses) {
      Connection connection = Connection.open(address, selector);
      connections.add(connection);
      idle.add(connection);
    }
  }

  /// Returns when the load is over and every request is answered.
  ///
  /// @throws IOException if the server cut a connection or did not answer in time
  Tally run(Clock times) throws IOException {
    clock = times;
    try {
      long now = System.nanoTime();
      while (!isAllSent(now) || idle.size() < connections.size()) {
        if (clock.isPatienceOver(now)) {
          throw new IOException(connections.size() - idle.size() + " requests were not answered");
        }
        sendWhatIsDue(now);
        await(now);
        now = System.nanoTime();
      }
      return tally;
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
      selector.close();
    }
  }

  /// An open loop sends whatever was intended before the end, also when it is late: to leave that
  /// out would leave out the longest latencies.
  private boolean isAllSent(long now) {
    return switch (schedule) {
      case Schedule.Closed _ -> clock.isOver(now);
      case Schedule.Open(IntendedTimes times) -> clock.isOver(clock.start() + times.next());
    };
  }

  private void sendWhatIsDue(long now) throws IOException {
    switch (schedule) {
      case Schedule.Closed(Gate gate) -> {
        while (!idle.isEmpty() && !clock.isOver(now) && gate.pass()) {
          send(idle.remove(), now);
        }
      }
      case Schedule.Open(IntendedTimes times) -> {
        while (!idle.isEmpty() && !isAllSent(now) && clock.start() + times.next() - now <= 0) {
          send(idle.remove(), clock.start() + times.next());
          times.advance();
        }
      }
    }
  }

  private void send(Connection connection, long intended) throws IOException {
    connection.send(requests.next(), intended);
    tally.sent++;
  }

  private void await(long now) throws IOException {
    long wait = nanosToNextRequest(now);
    if (wait >= MILLI) {
      selector.select(this::receive, wait / MILLI);
    } else {
      // The selector only knows milliseconds.
      if (selector.selectNow(this::receive) == 0 && wait > 0) {
        LockSupport.parkNanos(Math.min(wait, NAP));
      }
    }
  }

  /// How long nothing but answers can happen.
  private long nanosToNextRequest(long now) {
    boolean nothingToSend = idle.isEmpty() || isAllSent(now);
    return switch (schedule) {
      // A gate opens without a word.
      case Schedule.Closed _ -> nothingToSend ? 100 * MILLI : MILLI;
      case Schedule.Open(IntendedTimes times) ->
          nothingToSend
              ? 100 * MILLI
              : Math.clamp(clock.start() + times.next() - now, 0, 100 * MILLI);
    };
  }

  private void receive(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (connection.receive(buffer)) {
        count(connection, System.nanoTime());
        idle.add(connection);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void count(Connection connection, long now) {
    AnswerParser answer = connection.answer();
    boolean created = answer.status() == CREATED;
    if (created && answer.hasId()) {
      tally.acknowledged.add(answer.idHigh(), answer.idLow(), now);
    }
    if (isMeasured(connection, now)) {
      if (created) {
        tally.created++;
      } else {
        tally.refused++;
      }
      tally.addLatency(now - connection.intended());
    }
  }

  /// A closed loop counts what was answered in the measured time; an open one what was intended in
  /// it, or whoever was answered too late would be left out.
  private boolean isMeasured(Connection connection, long now) {
    return switch (schedule) {
      case Schedule.Closed _ -> clock.measures(now);
      case Schedule.Open _ -> clock.measures(connection.intended());
    };
  }
}

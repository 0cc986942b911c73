package orders.http.jetty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/// A connection whose client must not keep the server waiting for long.
///
/// Looked at from time to time rather than timed at each step: to reset a timer for every few bytes
/// would cost more than the bytes. Only [#look] and [#cutIfStrained] belong to one thread.
final class WatchedEndPoint extends SocketChannelEndPoint {
  /// Whom a connection waits for.
  enum Waiting {
    /// For the server: a request is being handled.
    SERVER,
    /// For the first byte of a request.
    REQUEST,
    /// For the rest of its head.
    HEAD,
    /// For the rest of its body.
    BODY,
    /// Until the client takes what was written.
    READER
  }

  private static final int NETWORK_BYTES = 8;

  private final ConnectionLimits limits;
  private final Patience patience;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private volatile boolean handling;
  private volatile long receivedBefore;
  private volatile long sinceNanos = System.nanoTime();

  // What the last look saw.
  private long lookedNanos = sinceNanos;
  private long lookedReceived;
  private long lookedSent;
  private long lookedRequests;
  private long headNanos;
  private boolean wasTold;

  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      ConnectionLimits limits) {
    super(channel, selector, key, scheduler);
    this.limits = limits;
    this.patience = new Patience(limits.stall(), limits.bytesPerSecond());
  }

  /// To be called before a request is handled.
  void handles() {
    requests.incrementAndGet();
    handling = true;
    sinceNanos = System.nanoTime();
  }

  /// To be called after a request was answered.
  void answered() {
    receivedBefore = received.get();
    handling = false;
    sinceNanos = System.nanoTime();
  }

  Waiting waiting() {
    if (getWriteFlusher().isPending()) {
      return Waiting.READER;
    }
    if (handling) {
      return isFillInterested() ? Waiting.BODY : Waiting.SERVER;
    }
    return received.get() > receivedBefore ? Waiting.HEAD : Waiting.REQUEST;
  }

  /// When it was opened, or its last request began or ended, by `System.nanoTime()`.
  long sinceNanos() {
    return sinceNanos;
  }

  /// Where its client is, as far as addresses tell: a host of IPv6 has 2⁶⁴ of them.
  ByteBuffer client() {
    byte[] address =
        getRemoteSocketAddress() instanceof InetSocketAddress socket && socket.getAddress() != null
            ? socket.getAddress().getAddress()
            : new byte[0];
    return ByteBuffer.wrap(address, 0, Math.min(address.length, NETWORK_BYTES));
  }

  /// Ends what has taken too long. To be called every now and then.
  void look(long now) {
    Waiting waiting = waiting();
    long passed = now - lookedNanos;
    boolean isTransfer = waiting == Waiting.BODY || waiting == Waiting.READER;
    // What a client sends meanwhile does not make it read.
    long moved =
        waiting == Waiting.READER ? sent.get() - lookedSent : received.get() - lookedReceived;
    patience.add(isTransfer ? passed : 0, moved);
    boolean isSameHead = waiting == Waiting.HEAD && requests.get() == lookedRequests;
    headNanos = isSameHead ? headNanos + passed : 0;
    lookedNanos = now;
    lookedReceived = received.get();
    lookedSent = sent.get();
    lookedRequests = requests.get();
    if (headNanos > limits.head().toNanos()) {
      drop();
    } else if (patience.isOver() && isTransfer) {
      cut(waiting);
    }
  }

  /// Whether a request waits for its client.
  boolean isWaitedFor() {
    Waiting waiting = waiting();
    return waiting == Waiting.BODY || waiting == Waiting.READER;
  }

  /// Ends it if it has kept the server waiting for a while, though not yet for too long.
  void cutIfStrained() {
    Waiting waiting = waiting();
    if (patience.isStrained() && (waiting == Waiting.BODY || waiting == Waiting.READER)) {
      cut(waiting);
    }
  }

  /// Ends it, with an answer where somebody may still read one.
  private void cut(Waiting waiting) {
    if (waiting == Waiting.BODY && !wasTold) {
      wasTold = true;
      onIdleExpired(new TimeoutException("A body came too slowly"));
    } else {
      drop();
    }
  }

  /// Ends it without a word. Safe from any thread.
  void drop() {
    if (waiting() == Waiting.READER) {
      forgetWhatWasWritten();
    }
    close(new EofException("A client took too long"));
  }

  /// Or the system would go on offering it to a client that does not take it, for many minutes.
  private void forgetWhatWasWritten() {
    try {
      getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException _) {
      // It is closed already.
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    int filled = super.fill(buffer);
    if (filled > 0) {
      received.addAndGet(filled);
    }
    return filled;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    long before = remaining(buffers);
    try {
      return super.flush(buffers);
    } finally {
      sent.addAndGet(before - remaining(buffers));
    }
  }

  private static long remaining(ByteBuffer... buffers) {
    long sum = 0;
    for (ByteBuffer buffer : buffers) {
      sum += buffer.remaining();
    }
    return sum;
  }
}

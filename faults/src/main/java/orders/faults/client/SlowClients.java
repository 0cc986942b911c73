package orders.faults.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Clients that keep a server waiting, each on a connection of its own, and come again at once when
/// they are cut; and streams, which it keeps waiting. All on one thread. Safe from any thread.
public final class SlowClients implements AutoCloseable {
  private static final Duration BETWEEN_BYTES = Duration.ofMillis(250);

  /// They are strangers to each other: not all of them send their byte at the same moment.
  private static final int PARTS = 50;

  /// Come at once, or they would be a crowd that asks for much, which is no matter of slowness.
  private static final int READERS_AT_ONCE = 10;

  private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

  private static final String LINE =
      "{\"sku\":\"%s\",\"name\":\"%s\",\"quantity\":1,\"unit_price\":1}"
          .formatted("x".repeat(200), "x".repeat(256));

  /// An order as large as it may be, about.
  public static final String LARGE_ORDER =
      "{\"customer_id\":\"c\",\"items\":[" + (LINE + ",").repeat(499) + LINE + "]}";

  private final Thread thread =
      Thread.ofPlatform().daemon().name("slow-clients").unstarted(this::run);
  private final InetSocketAddress address;
  private final List<Client> clients = new ArrayList<>();
  private final Map<Kind, Long> ended = new ConcurrentHashMap<>();
  private final AtomicInteger connected = new AtomicInteger();
  private volatile boolean closed;

  /// What a client does.
  public enum Kind {
    /// Sends the head of a request byte by byte.
    HEAD("GET /orders" + HOST + "A: ", "a"),
    /// Sends the body of an order byte by byte.
    BODY(
        "POST /orders" + HOST + "Content-Type: application/json\r\nContent-Length: 200000\r\n\r\n{",
        " "),
    /// Asks for an order and reads little of it.
    READER("GET /orders/%s" + HOST + "\r\n", "\n"),
    /// Follows an order, and reads all there is.
    STREAM("GET /orders/%s/events" + HOST + "Accept: text/event-stream\r\n\r\n", "");

    private final String request;
    private final String drip;

    Kind(String request, String drip) {
      this.request = request;
      this.drip = drip;
    }
  }

  private SlowClients(URI server, Map<Kind, Integer> numbers, String order) {
    this.address = new InetSocketAddress(server.getHost(), server.getPort());
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < numbers.getOrDefault(kind, 0); i++) {
        clients.add(new Client(kind, order));
      }
    }
  }

  /// @param order that readers ask for and streams follow: a large one, or the system takes all of
  ///   it from the server; and one that does not end
  public static SlowClients start(URI server, Map<Kind, Integer> numbers, String order) {
    SlowClients started = new SlowClients(server, numbers, order);
    started.thread.start();
    return started;
  }

  /// Whether all of them are, or have been, connected.
  public boolean areAllThere() {
    return connected.get() >= clients.size();
  }

  /// How many connections of this kind the server has ended so far.
  public long ended(Kind kind) {
    return ended.getOrDefault(kind, 0L);
  }

  private void run() {
    while (!closed) {
      int readers = 0;
      for (int part = 0; part < PARTS; part++) {
        for (int i = part; i < clients.size(); i += PARTS) {
          Client client = clients.get(i);
          if (!client.isReaderToCome() || ++readers <= READERS_AT_ONCE) {
            client.step();
          }
        }
        LockSupport.parkNanos(BETWEEN_BYTES.toNanos() / PARTS);
      }
    }
    clients.forEach(Client::hangUp);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Client {
    private final Kind kind;
    private final ByteBuffer request;
    private final ByteBuffer drip;
    private final ByteBuffer room;
    private @Nullable SocketChannel channel;
    private boolean wasThere;

    Client(Kind kind, String order) {
      this.kind = kind;
      this.request = ByteBuffer.wrap(kind.request.formatted(order).getBytes(US_ASCII));
      this.drip = ByteBuffer.wrap(kind.drip.getBytes(US_ASCII));
      this.room = ByteBuffer.allocate(kind == Kind.READER ? 64 : 8_192);
    }

    boolean isReaderToCome() {
      return kind == Kind.READER && channel == null;
    }

    void step() {
      try {
        if (channel == null) {
          connect();
        } else {
          goOn(channel);
        }
      } catch (IOException _) {
        var _ = ended.merge(kind, 1L, Long::sum);
        hangUp();
      }
    }

    private void connect() throws IOException {
      SocketChannel opened = SocketChannel.open();
      channel = opened;
      if (kind == Kind.READER) {
        opened.setOption(StandardSocketOptions.SO_RCVBUF, 2_048);
      }
      opened.connect(address);
      opened.configureBlocking(false);
      var _ = opened.write(request.rewind());
      if (!wasThere) {
        wasThere = true;
        connected.incrementAndGet();
      }
    }

    /// A connection that was reset may still have something to read, but takes nothing more.
    private void goOn(SocketChannel open) throws IOException {
      var _ = open.write(drip.rewind());
      int read = open.read(room.clear());
      boolean isAnswered = read > 0 && (kind == Kind.HEAD || kind == Kind.BODY);
      if (read < 0 || isAnswered) {
        throw new EOFException("cut");
      }
    }

    void hangUp() {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException _) {
        // It is gone either way.
      }
      channel = null;
    }
  }
}

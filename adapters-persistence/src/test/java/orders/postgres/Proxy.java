package orders.postgres;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between the driver and the server: it notes the type of each message of the server, those
/// about maintenance aside, and can swallow them as a broken network does.
///
/// Of the types, `C` ends a statement and `Z` a round trip; `I` follows a statement without text.
final class Proxy implements AutoCloseable {
  private final DatabaseAddress server;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Character> answers = new CopyOnWriteArrayList<>();
  private final AtomicInteger roundTripsOfNext = new AtomicInteger(Integer.MAX_VALUE);
  private volatile boolean silent;

  Proxy(DatabaseAddress server) throws IOException {
    this.server = server;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// The server through this, without encryption.
  DatabaseAddress address() {
    return new DatabaseAddress(
        listening.getInetAddress().getHostAddress(),
        listening.getLocalPort(),
        server.database(),
        server.user(),
        server.password(),
        DatabaseAddress.SslMode.DISABLE);
  }

  /// The messages of the server from now on.
  void forget() {
    answers.clear();
  }

  long answered(char type) {
    return answers.stream().filter(answer -> answer == type).count();
  }

  /// From now on nothing comes back, and no connection ends either.
  void fallSilent() {
    silent = true;
  }

  /// The next connection, and no other, ends before the answer to so many round trips and one more.
  void endNextConnectionAfter(int roundTrips) {
    roundTripsOfNext.set(roundTrips);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        var upstream = new Socket(server.host(), server.port());
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(upstream);
        Thread.ofVirtual().start(() -> pass(client, upstream));
        int roundTrips = roundTripsOfNext.getAndSet(Integer.MAX_VALUE);
        Thread.ofVirtual().start(() -> passNoting(upstream, client, roundTrips));
      } catch (IOException e) {
        if (!listening.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One of them hung up.
    }
  }

  /// The server says whose a session is. That one does something now and then by itself.
  private static boolean isOfMaintenance(byte[] message) {
    return message[0] == 'S'
        && new String(message, StandardCharsets.UTF_8)
            .contains("application_name\0orders-maintenance");
  }

  private void passNoting(Socket from, Socket to, int roundTrips) {
    int left = roundTrips;
    boolean counts = true;
    try (from;
        to;
        var in = new DataInputStream(from.getInputStream());
        OutputStream out = to.getOutputStream()) {
      while (true) {
        byte type = in.readByte();
        int length = in.readInt();
        var message = new byte[1 + length];
        message[0] = type;
        message[1] = (byte) (length >>> 24);
        message[2] = (byte) (length >>> 16);
        message[3] = (byte) (length >>> 8);
        message[4] = (byte) length;
        in.readFully(message, 5, length - 4);
        counts &= !isOfMaintenance(message);
        if (counts) {
          answers.add((char) type);
        }
        if (type == 'Z' && left-- == 0) {
          return;
        }
        if (!silent) {
          out.write(message);
        }
      }
    } catch (IOException _) {
      // One of them hung up.
    }
  }
}

package orders.faults.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A network between a server and a port of this machine, that can be bad in several ways. At first
/// it is good. Safe from any thread.
public final class Proxy implements AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.GOOD;

  private enum State {
    GOOD,
    REFUSING,
    STALLED,
    LOSING_ANSWERS,
    CLOSED
  }

  /// @param target the port where the server is
  public Proxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /// Ends whatever was wrong. Bytes that were held up go on to where they were sent, even if their
  /// sender has gone meanwhile.
  public void heal() {
    become(State.GOOD);
  }

  /// Closes every connection, and hangs up on whoever connects.
  public void refuse() {
    become(State.REFUSING);
    cut();
  }

  /// Closes every connection; new ones are let through.
  public void cut() {
    sockets.forEach(Proxy::close);
  }

  /// Holds up every byte, in both directions, and closes nothing.
  public void stall() {
    become(State.STALLED);
  }

  /// Lets requests through; the first answer to each connection is swallowed, and both ends of it
  /// are closed. What was asked for is done, and who asked for it never hears of it.
  public void loseAnswers() {
    become(State.LOSING_ANSWERS);
  }

  private void become(State next) {
    lock.lock();
    try {
      if (state != State.CLOSED) {
        state = next;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// @return the state that is not stalled
  private State awaitMovement() {
    lock.lock();
    try {
      while (state == State.STALLED) {
        changed.awaitUninterruptibly();
      }
      return state;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Thread.ofVirtual().name("proxy").start(() -> connect(client));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void connect(Socket client) {
    sockets.add(client);
    if (awaitMovement() == State.REFUSING) {
      end(client);
      return;
    }
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.ofVirtual().name("proxy").start(() -> copy(client, server, false));
      copy(server, client, true);
    } catch (IOException _) {
      // The server is not there.
      end(client);
    }
  }

  private void copy(Socket from, Socket to, boolean answers) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        State now = awaitMovement();
        if (now == State.CLOSED || (answers && now == State.LOSING_ANSWERS)) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException _) {
      // Either of them has gone, and so must the other.
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    close(socket);
    sockets.remove(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is of no more use either way.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    become(State.CLOSED);
    cut();
  }
}

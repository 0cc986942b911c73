package orders.http.jetty;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// Listens; and when it must stop, soon lets go of the connections on which no answer is owed, and
/// of no other.
///
/// Jetty by itself would allow every connection a second of silence: a second that each stop takes
/// if there are idle connections, and the end of an answer that its client reads slowly.
final class OrdersConnector extends ServerConnector {
  /// Connections that the system may take before this server does. Java's 50 overflow when many
  /// clients come at once, and each then waits a second or more for the system to ask again.
  private static final int BACKLOG = 4_096;

  /// What the system keeps of an answer for its client. More of it, and a client that reads slowly
  /// would seem to read nothing for a long time, and a thousand of them would cost gigabytes.
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  private final Set<Request> owed = ConcurrentHashMap.newKeySet();
  private final Duration lastWord;
  private final ConnectionLimits limits;
  private final Watch watch;

  OrdersConnector(Server server, HttpConfiguration http, Limits limits) {
    super(
        server,
        null,
        null,
        new RequestBuffers(server.getByteBufferPool()),
        -1,
        -1,
        new HttpConnectionFactory(http));
    http.setUseInputDirectByteBuffers(false);
    this.limits = limits.connections();
    lastWord = limits.lastWord();
    watch = new Watch(this.limits);
    setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
    setIdleTimeout(limits.idleTimeout().toMillis());
    setShutdownIdleTimeout(-1);
    setAcceptQueueSize(BACKLOG);
  }

  @Override
  protected void doStart() throws Exception {
    FirstRequest.handle(getServer());
    super.doStart();
    watch.start(getScheduler());
  }

  @Override
  protected void doStop() throws Exception {
    watch.stop();
    super.doStop();
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    var connection = new WatchedEndPoint(channel, selector, key, getScheduler(), limits);
    connection.setIdleTimeout(getIdleTimeout());
    return connection;
  }

  /// To be called when a request had to be refused because there are too many.
  void isCrowded() {
    watch.isCrowded();
  }

  /// To be called before each request is handled.
  void owes(Request request) {
    owed.add(request);
    if (connectionOf(request) instanceof WatchedEndPoint connection) {
      connection.handles();
    }
    if (isShutdown()) {
      connectionOf(request).setIdleTimeout(getIdleTimeout());
    }
  }

  /// To be called after each request was answered.
  void answered(Request request) {
    owed.remove(request);
    if (connectionOf(request) instanceof WatchedEndPoint connection) {
      connection.answered();
    }
    if (isShutdown()) {
      letGo(connectionOf(request));
    }
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    CompletableFuture<Void> allClosed = super.shutdown();
    Set<EndPoint> busy = Collections.newSetFromMap(new IdentityHashMap<>());
    owed.forEach(request -> busy.add(connectionOf(request)));
    getConnectedEndPoints().stream()
        .filter(connection -> !busy.contains(connection))
        .forEach(this::letGo);
    return allClosed;
  }

  @Override
  protected void onEndPointOpened(EndPoint connection) {
    super.onEndPointOpened(connection);
    if (connection instanceof WatchedEndPoint watched) {
      watch.add(watched);
    }
    if (isShutdown()) {
      letGo(connection);
    }
  }

  @Override
  protected void onEndPointClosed(EndPoint connection) {
    if (connection instanceof WatchedEndPoint watched) {
      watch.remove(watched);
    }
    super.onEndPointClosed(connection);
  }

  private void letGo(EndPoint connection) {
    connection.setIdleTimeout(lastWord.toMillis());
  }

  private static EndPoint connectionOf(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }
}

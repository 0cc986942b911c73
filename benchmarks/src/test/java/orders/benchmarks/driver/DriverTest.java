package orders.benchmarks.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The driver against a server that is not ours.
final class DriverTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(2);
  private static final int BODIES = 50;
  private static final Duration STALL = Duration.ofMillis(400);

  private final Set<UUID> given = ConcurrentHashMap.newKeySet();
  private final Set<String> bodies = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Integer> atOnce = new ConcurrentLinkedQueue<>();
  private final AtomicInteger handling = new AtomicInteger();
  private volatile boolean stalls;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/orders", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    atOnce.add(handling.incrementAndGet());
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    if (stalls) {
      LockSupport.parkNanos(STALL.toNanos());
    }
    UUID id = UUID.randomUUID();
    given.add(id);
    exchange.getResponseHeaders().add("Location", "/orders/" + id);
    byte[] body = "{}".getBytes(US_ASCII);
    handling.decrementAndGet();
    exchange.sendResponseHeaders(201, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private List<URI> addresses() {
    return List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  private static Driver driver() {
    return new Driver(
        Requests.of(IntStream.range(0, BODIES).mapToObj(i -> "{\"order\":" + i + "}").toList()), 2);
  }

  private static Set<UUID> ids(Outcome outcome) {
    Set<UUID> ids = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < outcome.acknowledged().size(); i++) {
      ids.add(outcome.acknowledged().id(i));
    }
    return ids;
  }

  @Test
  void everyOrderThatWasAcknowledgedIsKeptAndNoOther() throws Exception {
    Outcome outcome = driver().run(addresses(), Load.closed(8, SHORT, LONG), Driver.Watch.NONE);
    assertThat(ids(outcome)).isEqualTo(given).hasSize((int) outcome.sent());
    assertThat(outcome.created()).isPositive().isLessThanOrEqualTo(outcome.sent());
    assertThat(outcome.refused()).isZero();
    assertThat(bodies).hasSizeGreaterThan(1);
    assertThat(atOnce).allSatisfy(requests -> assertThat(requests).isLessThanOrEqualTo(8));
  }

  @Test
  void aGateIsAskedForEveryRequest() throws Exception {
    AtomicInteger left = new AtomicInteger(3);
    Load load =
        new Load(
            new Load.Pace.Closed(() -> left.get() > 0 && left.getAndDecrement() > 0),
            1,
            Duration.ZERO,
            LONG);
    assertThat(driver().run(addresses(), load, Driver.Watch.NONE).sent()).isEqualTo(3);
  }

  @Test
  void anOpenLoopCountsTheWaitForAFreeConnection() throws Exception {
    stalls = true;
    Outcome outcome =
        driver().run(addresses(), Load.open(20, 1, Duration.ZERO, STALL), Driver.Watch.NONE);
    // One connection and several requests: the last waited for all before it.
    assertThat(outcome.latencies().getMaxValue()).isGreaterThan(STALL.toNanos() * 3 / 2);
  }

  @Test
  void anOpenLoopKeepsItsRate() throws Exception {
    Outcome outcome =
        driver()
            .run(addresses(), Load.open(500, 16, SHORT, SHORT.multipliedBy(4)), Driver.Watch.NONE);
    assertThat(outcome.created()).isBetween(450L, 750L);
  }

  @Test
  void aServerThatHangsUpEndsTheLoad() throws Exception {
    try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUp(rude));
      List<URI> addresses = List.of(URI.create("http://127.0.0.1:" + rude.getLocalPort()));
      assertThatThrownBy(
              () -> driver().run(addresses, Load.closed(1, SHORT, SHORT), Driver.Watch.NONE))
          .isInstanceOf(IOException.class);
    }
  }

  private static void hangUp(ServerSocket socket) {
    try {
      while (true) {
        socket.accept().close();
      }
    } catch (IOException _) {
      // The test is over.
    }
  }
}

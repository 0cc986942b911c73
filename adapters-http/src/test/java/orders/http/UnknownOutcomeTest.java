package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import orders.application.dispatch.OrderWatch;
import orders.application.fake.TestNode;
import orders.application.port.Orders;
import orders.application.port.Origin;
import orders.application.port.Partner.Result;
import orders.application.port.Recorded;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import orders.application.usecase.CancelOrder;
import orders.application.usecase.OrderMover;
import orders.application.usecase.PlaceOrder;
import orders.application.usecase.RetryOrder;
import orders.domain.Move;
import orders.domain.Order;
import orders.http.TestServer.Answer;
import orders.http.access.Authentication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A store that does not say what came of a write: neither does the answer, but it says what to do.
final class UnknownOutcomeTest {
  private static final class Silent implements Orders {
    private static StoreUnavailable silence() {
      return new StoreUnavailable("the connection broke", Effect.UNKNOWN, null);
    }

    @Override
    public Placed place(Move.Made placed, HandOver handOver, Origin origin) {
      throw silence();
    }

    @Override
    public Recorded move(Order before, Move.Made move) {
      throw silence();
    }
  }

  private final TestServer server = new TestServer();
  private final HttpServer http =
      new HttpServer(
          withSilentStore(server),
          Authentication.OFF,
          TestServer.settings("127.0.0.1"),
          Observability.NONE);

  private static UseCases withSilentStore(TestServer server) {
    Orders silent = new Silent();
    var mover =
        new OrderMover(
            server.store.queries(),
            silent,
            server.node.writes,
            new OrderWatch(),
            server.node.dispatcher);
    UseCases all = server.useCases;
    return new UseCases(
        new PlaceOrder(
            silent, server.node.writes, server.node.watch, server.node.dispatcher, TestNode::newId),
        all.findOrder(),
        all.awaitOrder(),
        all.listOrders(),
        all.readHistory(),
        all.followOrder(),
        all.followEvents(),
        new CancelOrder(mover),
        new RetryOrder(mover),
        all.checkReadiness(),
        all.accounts());
  }

  @BeforeEach
  void start() throws HttpServer.CannotListen {
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop();
    server.close();
  }

  private String detail(String path, String... headers) {
    Answer answer =
        server.send(
            server
                .request("/")
                .uri(URI.create(http.address() + path))
                .headers(headers)
                .POST(BodyPublishers.ofString(TestServer.GOOD_ORDER)));
    ProblemAssert.isProblem(answer, 503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    return answer.json().get("detail").asText();
  }

  @Test
  void anOrderWithAKeyMayBeSentAgain() {
    assertThat(detail("/orders", "Content-Type", "application/json", "Idempotency-Key", "1"))
        .contains("not known", "again with the same Idempotency-Key is safe");
  }

  @Test
  void anOrderWithoutAKeyMayBePlacedTwice() {
    assertThat(detail("/orders", "Content-Type", "application/json"))
        .contains("not known", "may place it twice");
  }

  @Test
  void whetherAnOrderWasMovedCanBeSeen() {
    server.partner.answers(_ -> new Result.Wait(Duration.ofHours(1)));
    String id = server.place();
    assertThat(detail("/orders/" + id + "/cancel", "X", "y")).contains("not known", "ask for it");
  }
}

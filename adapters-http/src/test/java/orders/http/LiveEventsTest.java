package orders.http;

import static orders.application.fake.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import orders.application.contract.Purchases;
import orders.application.port.Orders.HandOver;
import orders.application.port.Origin;
import orders.application.port.PlacedBy;
import orders.application.port.Role;
import orders.domain.MerchantId;
import orders.http.LiveStream.Block;
import orders.http.TestServer.Answer;
import orders.http.access.Authentication;
import orders.http.access.Principal;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens to all orders that somebody may see, told as it happens.
@Timeout(60)
final class LiveEventsTest {
  private static final Map<String, Principal> KNOWN =
      Map.of(
          "shop", new Principal(Role.STOREFRONT, "web", Optional.empty()),
          "ada", new Principal(Role.CUSTOMER, "ada", Optional.empty()),
          "bakery", new Principal(Role.MERCHANT, "b", Optional.of(new MerchantId("bakery"))),
          "admin", new Principal(Role.OPERATOR, "admin", Optional.empty()));

  private static final Authentication BY_NAME =
      context ->
          Optional.ofNullable(KNOWN.get(Optional.ofNullable(context.header("Who")).orElse("admin")))
              .orElseThrow(() -> new RefusedRequest(ProblemType.UNAUTHORIZED, "Who?"));

  private final TestServer server = new TestServer(TestServer.Setup.USUAL.with(BY_NAME));
  private final ObjectMapper json = new ObjectMapper();

  @AfterEach
  void stop() {
    server.close();
  }

  private LiveStream open(String... headers) {
    return LiveStream.open(server, "/events", headers);
  }

  private String place(String customer, String merchant, String placer) {
    var placed = Purchases.placed(Purchases.by(customer, merchant, "r"));
    var origin = new Origin(new PlacedBy(placer), Optional.empty(), Optional.empty());
    server.store.orders("nobody").place(placed, HandOver.THIS_NODE, origin);
    return placed.order().id().toString();
  }

  private String order(Block event) {
    try {
      return json.readTree(event.data()).get("order_id").asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tellsWhatHappensFromNowOn() {
    server.place();
    try (LiveStream stream = open()) {
      assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
      Block start = stream.block().orElseThrow();
      assertThat(start.data()).isEmpty();
      String id = place("ada", "bakery", "storefront:web");
      Block event = stream.event().orElseThrow();
      while (!order(event).equals(id)) {
        event = stream.event().orElseThrow();
      }
      assertThat(event.event()).isEqualTo("placed");
      String history = server.get("/orders/" + id + "/events").json().get("data").get(0).toString();
      assertThat(event.data()).isEqualTo("{\"order_id\":\"" + id + "\"," + history.substring(1));
    }
  }

  @Test
  void goesOnBehindEachEventAndBehindItsStartWithoutGapOrRepeat() {
    List<String> ids = new ArrayList<>();
    List<Block> all;
    try (LiveStream stream = open()) {
      Block start = stream.block().orElseThrow();
      while (start.id().isEmpty()) {
        start = stream.block().orElseThrow();
      }
      ids.add(start.id());
      for (int i = 0; i < 4; i++) {
        place("ada", "bakery", "");
      }
      all = stream.events(4);
    }
    all.forEach(event -> ids.add(event.id()));
    String last = place("ada", "bakery", "");
    for (int i = 0; i < ids.size(); i++) {
      try (LiveStream stream = open("Last-Event-ID", ids.get(i))) {
        List<Block> rest = stream.events(all.size() - i + 1);
        assertThat(rest.subList(0, rest.size() - 1)).isEqualTo(all.subList(i, all.size()));
        assertThat(order(rest.getLast())).isEqualTo(last);
      }
    }
  }

  @Test
  void everybodyIsToldOfTheirOwnOrdersOnly() {
    try (LiveStream shop = open("Who", "shop");
        LiveStream ada = open("Who", "ada");
        LiveStream bakery = open("Who", "bakery");
        LiveStream admin = open("Who", "admin")) {
      String ofAda = place("ada", "florist", "storefront:app");
      String ofBakery = place("bob", "bakery", "storefront:app");
      String byShop = place("bob", "florist", "storefront:web");
      String ofAll = place("ada", "bakery", "storefront:web");
      assertThat(ada.events(2)).extracting(this::order).containsExactly(ofAda, ofAll);
      assertThat(bakery.events(2)).extracting(this::order).containsExactly(ofBakery, ofAll);
      assertThat(shop.events(2)).extracting(this::order).containsExactly(byShop, ofAll);
      assertThat(admin.events(4))
          .extracting(this::order)
          .containsExactly(ofAda, ofBakery, byShop, ofAll);
      for (String who : List.of("shop", "ada", "bakery")) {
        String foreign = who.equals("ada") ? ofBakery : who.equals("shop") ? ofAda : byShop;
        Answer hidden =
            server.get("/orders/" + foreign + "/events", "Accept", "text/event-stream", "Who", who);
        ProblemAssert.isProblem(hidden, 404);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "x", "====", "a b", "AAAA", "-", "../../x"})
  void whatIsNoPlaceIsRefused(String id) {
    ProblemAssert.isProblem(server.get("/events", "Last-Event-ID", id), 400);
  }

  @Test
  void anyBytesAreRefusedOrGoneButNeverAFault() {
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[i % 3 == 0 ? random.nextInt(60) : 36];
      random.nextBytes(bytes);
      String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      if (!id.isEmpty()) {
        Answer refused = server.get("/events", "Last-Event-ID", id);
        assertThat(refused.status()).as(id).isIn(400, 410);
      }
    }
  }

  /// The place that one is told before anything happens.
  private String start() {
    try (LiveStream stream = open()) {
      Block start = stream.block().orElseThrow();
      while (start.id().isEmpty()) {
        start = stream.block().orElseThrow();
      }
      return start.id();
    }
  }

  @Test
  void whatIsTooLongAgoIsGone() {
    String id = start();
    server.store.passTime(Duration.ofMinutes(11));
    eventually(
        "time has passed",
        () -> {
          try (LiveStream stream = open("Last-Event-ID", id)) {
            return stream.status() == 410;
          }
        });
    Answer gone = server.get("/events", "Last-Event-ID", id);
    ProblemAssert.isProblem(gone, 410);
    assertThat(gone.json().get("type").asText()).isEqualTo("/problems/gone");
  }

  @Test
  void whoAcceptsNoEventsIsToldThatThereIsNothingElse() {
    ProblemAssert.isProblem(server.get("/events", "Accept", "application/json"), 406);
    ProblemAssert.isProblem(server.get("/events", "Accept", "text/event-stream;q=0"), 406);
    String head = "HEAD /events HTTP/1.1\r\nHost: x\r\n";
    assertThat(RawHttp.exchange(server, head))
        .startsWith("HTTP/1.1 200")
        .contains("text/event-stream")
        .doesNotContain("retry");
    eventually(
        "nobody reads it",
        () -> {
          int before = server.store.looks();
          LockSupport.parkNanos(100_000_000);
          return server.store.looks() == before;
        });
  }

  @Test
  void withoutADatabaseThereIsNoStream() {
    server.store.setReachable(false);
    ProblemAssert.isProblem(server.get("/events"), 503);
    server.store.setReachable(true);
  }
}

package orders.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import orders.client.ApiClient;
import orders.client.ApiException;
import orders.client.api.OrdersApi;
import orders.client.api.ServerApi;
import orders.client.model.Event;
import orders.client.model.NewLine;
import orders.client.model.NewOrder;
import orders.client.model.Order;
import orders.client.model.OrderPage;
import orders.client.model.Status;
import orders.faults.process.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A client that was generated from the document does what a storefront does.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GeneratedClientIT {
  private static final Path JAR = Path.of("../bootstrap/target/orders.jar");

  /// Long enough to be cancelled in between.
  private static final Map<String, String> PARTNERS =
      Map.of(
          "SIMULATED_CONFIRMATION_MS", "500",
          "SIMULATED_PAYMENT_MS", "100",
          "SIMULATED_DELIVERY_MS", "100");

  private ServerProcess server;
  private OrdersApi orders;
  private ServerApi health;

  @BeforeAll
  void start(@TempDir Path directory) throws InterruptedException {
    server = ServerProcess.launch(JAR, directory, PARTNERS);
    URI address = server.awaitReady();
    ApiClient client =
        new ApiClient()
            .setScheme(address.getScheme())
            .setHost(address.getHost())
            .setPort(address.getPort())
            .setBasePath("");
    orders = new OrdersApi(client);
    health = new ServerApi(client);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static NewOrder pizzas(int quantity) {
    return new NewOrder()
        .customerId("ann")
        .merchantId("luigi")
        .reference("cart-" + quantity)
        .addItemsItem(new NewLine().sku("pizza").quantity(quantity).unitPrice(1250L));
  }

  private Order awaitEnd(UUID id) throws ApiException {
    return orders.getOrder(id, "wait=30", null, null);
  }

  @Test
  void placesAnOrderAndFollowsItUntilItIsCompleted() throws ApiException {
    Order placed = orders.placeOrder(pizzas(2), "cart-2", null);
    assertThat(placed.getStatus()).isEqualTo(Status.PENDING);
    assertThat(placed.getTotal()).isEqualTo(2500);
    assertThat(orders.placeOrder(pizzas(2), "cart-2", null).getId()).isEqualTo(placed.getId());

    Order ended = awaitEnd(placed.getId());
    assertThat(ended.getStatus()).isEqualTo(Status.COMPLETED);
    assertThat(ended.getWaiting()).isNull();
    List<Event> history = orders.getHistory(placed.getId(), null, null).getData();
    assertThat(history.stream().map(event -> event.getType().getValue()))
        .containsExactly("placed", "step_done", "step_done", "step_done", "completed");
    assertThat(history.getLast().getSeq()).isEqualTo(ended.getVersion());
  }

  @Test
  void cancelsAnOrder() throws ApiException {
    UUID id = orders.placeOrder(pizzas(3), null, null).getId();
    assertThat(orders.cancelOrder(id, null, null).getStatus())
        .isIn(Status.COMPENSATING, Status.CANCELLED);
    assertThat(awaitEnd(id).getStatus()).isEqualTo(Status.CANCELLED);
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> orders.cancelOrder(id, null, null))
        .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(409));
  }

  @Test
  void listsOrdersPageByPage() throws ApiException {
    orders.placeOrder(pizzas(4), null, null);
    orders.placeOrder(pizzas(4), null, null);
    OrderPage first = page(null);
    assertThat(first.getData()).hasSize(1);
    assertThat(page(first.getNextCursor()).getData()).hasSize(1).isNotEqualTo(first.getData());
  }

  private OrderPage page(String cursor) throws ApiException {
    return orders.listOrders(null, null, "ann", "luigi", "cart-4", null, null, 1, cursor, null);
  }

  @Test
  void asksWhetherTheServerIsReady() throws ApiException {
    assertThat(health.getReadiness().getStatus().getValue()).isEqualTo("ready");
  }
}

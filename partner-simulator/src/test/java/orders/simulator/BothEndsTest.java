package orders.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import orders.application.port.Partner.Call;
import orders.application.port.Partner.Result;
import orders.application.port.Partner.Trouble;
import orders.application.port.Partner.Undo;
import orders.domain.CustomerId;
import orders.domain.ItemName;
import orders.domain.Line;
import orders.domain.MerchantId;
import orders.domain.Money;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Purchase;
import orders.domain.Reason;
import orders.domain.Reference;
import orders.domain.Sku;
import orders.domain.State;
import orders.partners.HttpPartner;
import orders.partners.PartnerAddress;
import orders.partners.SigningSecret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The server's end of the protocol against the simulator's, signed.
final class BothEndsTest {
  private SimulatorServer server;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    server = SimulatorServer.start(SimulatorSettings.read(Map.of("PORT", "0", "SECRET", "hush")));
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private HttpPartner partner(String secret) {
    return new HttpPartner(
        PartnerAddress.parse("http://127.0.0.1:" + server.port() + "/payment").orElseThrow(),
        Optional.of(secret).filter(text -> !text.isEmpty()).map(SigningSecret::new),
        Duration.ofSeconds(30),
        InstantSource.system());
  }

  private static Call call(int round) {
    Money price = new Money(Long.MAX_VALUE / 3, Currency.getInstance("JPY"));
    Line line = new Line(new Sku("süß \"\\\t"), Optional.of(new ItemName("…")), 3, price);
    Purchase purchase =
        new Purchase(
            new CustomerId("c"), MerchantId.MAIN, Optional.of(new Reference("r")), List.of(line));
    Order order =
        new Order(
            new OrderId(new UUID(0x7000, 1)),
            purchase,
            new State.Processing(orders.domain.Step.PAYMENT, 0),
            round,
            1);
    return new Call(order, orders.domain.Step.PAYMENT, 1);
  }

  @Test
  void understandEachOther() throws Exception {
    HttpPartner partner = partner("hush");
    Result done = partner.perform(call(1));
    assertThat(done).isInstanceOf(Result.Done.class).isEqualTo(partner.perform(call(1)));
    assertThat(client.get("/ledger").get("payment").get("money_held"))
        .hasToString("{\"JPY\":" + Long.MAX_VALUE / 3 * 3 + "}");
    assertThat(partner.undo(call(1))).isEqualTo(new Undo.Undone());
    assertThat(partner.perform(call(1))).isEqualTo(new Result.Declined(Reason.of("taken back")));
    assertThat(partner.perform(call(2))).isInstanceOf(Result.Done.class).isNotEqualTo(done);

    client.behave("payment", "{\"refuse_undo_rate\": 1}");
    assertThat(partner.undo(call(2))).isEqualTo(new Undo.Refused(Reason.of("simulated refusal")));
    client.behave("payment", "{\"decline_rate\": 1}");
    assertThat(partner.perform(call(3)))
        .isEqualTo(new Result.Declined(Reason.of("simulated decline")));
    client.behave("payment", "{\"wait_rate\": 1}");
    assertThat(((Result.Wait) partner.perform(call(4))).delay())
        .isBetween(Duration.ofMillis(100), Duration.ofSeconds(1));
    client.behave("payment", "{\"busy_rate\": 1}");
    assertThat(partner.perform(call(4)))
        .isEqualTo(
            new Result.Retry(
                Reason.of("busy: answered 429"), Trouble.BUSY, Optional.of(Duration.ofSeconds(1))));
    client.behave("payment", "{\"down\": true}");
    assertThat(partner.perform(call(4))).isInstanceOf(Result.Retry.class);
  }

  @Test
  void theSimulatorBelievesOnlyWhoKnowsItsSecret() throws Exception {
    Result refused = new Result.Retry(Reason.of("answered 401"), Trouble.FAULT);
    assertThat(partner("psst").perform(call(1))).isEqualTo(refused);
    assertThat(partner("").perform(call(1))).isEqualTo(refused);
    assertThat(partner("").undo(call(1)))
        .isEqualTo(new Undo.Retry(Reason.of("answered 401"), Trouble.FAULT));
    assertThat(client.get("/calls").get("data")).isEmpty();
  }
}

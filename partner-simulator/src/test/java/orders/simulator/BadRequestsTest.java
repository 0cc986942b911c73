package orders.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import orders.simulator.TestClient.Answered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BadRequestsTest {
  private SimulatorServer server;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    server = TestClient.server("1");
    client = new TestClient(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"attempt\": 1', '\"attempt\": 0'",
    "'\"attempt\": 1', '\"attempt\": \"1\"'",
    "'\"attempt\": 1', '\"attempt\": 1.5'",
    "'\"attempt\": 1,', ''",
    "'\"round\": 1', '\"round\": 2'",
    "'\"step\": \"payment\"', '\"step\": \"delivery\"'",
    "'\"customer_id\": \"me\"', '\"customer_id\": null'",
    "'\"customer_id\": \"me\"', '\"customer_id\": 1'",
    "'\"customer_id\": \"me\"', '\"customer_id\": \"me\", \"customer_id\": \"me\"'",
    "'\"merchant_id\": \"main\",', ''",
    "'\"reference\": null,', ''",
    "'\"currency\": \"USD\"', '\"currency\": \"usd\"'",
    "'\"currency\": \"USD\"', '\"currency\": null'",
    "'\"total\": 2500', '\"total\": 2501'",
    "'\"total\": 2500', '\"total\": 25.00'",
    "'\"quantity\": 2', '\"quantity\": 0'",
    "'\"unit_price\": 1250', '\"unit_price\": -1250'",
    "'\"sku\": \"pizza\"', '\"sku\": null'",
    "'}]}', '}]} 1'",
    "'}]}', '}]'"
  })
  void refusesAnOrderThatIsNone(String right, String wrong) throws Exception {
    String body = TestClient.body(TestClient.ORDER, "payment", 1);
    assertThat(body).contains(right);
    Answered refused =
        client.send(
            "PUT",
            "/payment/" + TestClient.ORDER + "/1",
            body.replace(right, wrong),
            "Idempotency-Key",
            TestClient.key(TestClient.ORDER, "payment"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().get("error").asText()).isNotBlank();
    assertThat(client.effects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404",
    "GET, /ledger/a/b, 404",
    "GET, /calls/1, 404",
    "GET, /calls?after=x, 400",
    "GET, /calls?after=-1, 400",
    "GET, /calls?before=1, 400",
    "POST, /calls, 405",
    "DELETE, /ledger, 405",
    "DELETE, /payment/behaviour, 405",
    "POST, /payment/o/1, 405",
    "DELETE, /payment/o/0, 400",
    "DELETE, /payment/o/01, 400",
    "DELETE, /payment/o/x, 400",
    "DELETE, /payment/o/1, 400",
    "DELETE, /payment//1, 400",
    "DELETE, /payment/a%20b/1, 400",
    "DELETE, /payment/o, 404",
    "DELETE, /payment/o/1/, 404",
    "GET, /health, 200"
  })
  void saysWhatItDoesNotUnderstand(String method, String path, int status) throws Exception {
    // Of the deletes, none has the key that belongs to it.
    assertThat(client.send(method, path, "", "Idempotency-Key", "k").status()).isEqualTo(status);
  }
}

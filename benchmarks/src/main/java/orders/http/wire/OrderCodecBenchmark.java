package orders.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import orders.application.port.PlacedBy;
import orders.application.port.StoredOrder;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Purchase;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What `POST /orders` costs between bytes and bytes, the database left out: the body of a two-line
/// order to a checked purchase, and the order to the body of its 201.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class OrderCodecBenchmark {
  private static final Currency USD = Currency.getInstance("USD");
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.123456Z");

  private final byte[] body =
      """
      {"reference":"CA-2016-152156","customer_id":"CG-12520","merchant_id":"superstore-south",\
      "currency":"USD","items":[{"sku":"FUR-BO-10001798","name":"Bush Somerset Collection Bookcase",\
      "quantity":2,"unit_price":13098},{"sku":"FUR-CH-10000454",\
      "name":"Hon Deluxe Fabric Upholstered Stacking Chairs, Rounded Back","quantity":3,\
      "unit_price":24398}]}\
      """
          .getBytes(UTF_8);

  private final OrderId id = new OrderId(UUID.fromString("01939c3e-7cd5-7712-8e28-eef0770d1e33"));

  private final StoredOrder stored = stored(parsed());

  /// From bytes to a purchase that refused nothing.
  @Benchmark
  public Object parse() {
    return parsed();
  }

  /// From an order to bytes.
  @Benchmark
  public byte[] render() {
    return Json.write(OrderView.of(stored));
  }

  /// Both, and the order between them.
  @Benchmark
  public byte[] parseAndRender() {
    return Json.write(OrderView.of(stored(parsed())));
  }

  private Purchase parsed() {
    try {
      return OrderBody.parse(Json.read(body), USD);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private StoredOrder stored(Purchase purchase) {
    Order order = Order.place(id, purchase).order();
    return StoredOrder.released(order, PlacedBy.ANYBODY, NOW, NOW);
  }
}

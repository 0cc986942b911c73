package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.OrderQueries.Position;
import orders.application.port.PlacedBy;
import orders.domain.CustomerId;
import orders.domain.MerchantId;
import orders.domain.OrderId;
import orders.domain.Reference;
import orders.domain.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A page costs about what is on it, not what lies behind it.
final class OrderPagesPlanTest {
  private static final int ORDERS = 100_000;

  /// Fewer than a tenth of the orders, and several times what any of the plans reads that are
  /// wanted.
  private static final double MOST_ROWS = 9_000;

  private static final Pattern ROWS = Pattern.compile("actual rows=([0-9.]+) loops=([0-9]+)");

  private static PostgresStore store;

  @BeforeAll
  static void fill() throws SQLException {
    store = PostgresStore.create();
    ManyOrders.fill(store, ORDERS);
  }

  @AfterAll
  static void close() throws SQLException {
    store.close();
  }

  static Stream<Filter> filters() {
    List<Filter> filters = new ArrayList<>();
    for (Optional<Status> status : options(List.of(Status.values()))) {
      for (Optional<CustomerId> customer : options(List.of(new CustomerId("customer-17")))) {
        for (Optional<MerchantId> merchant : options(List.of(new MerchantId("merchant-17")))) {
          for (Optional<Reference> reference : options(List.of(new Reference("reference-50016")))) {
            for (Optional<PlacedBy> placer : options(List.of(new PlacedBy("storefront:17")))) {
              for (boolean needsAttention : new boolean[] {false, true}) {
                filters.add(
                    new Filter(
                        status,
                        needsAttention,
                        customer,
                        merchant,
                        reference,
                        placer,
                        Optional.empty(),
                        Optional.empty()));
              }
            }
          }
        }
      }
    }
    return filters.stream();
  }

  @ParameterizedTest
  @MethodSource("filters")
  void theFirstPageReadsFewRows(Filter filter) {
    assertReadsFewRows(plan(filter, Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void aPageFromTheMiddleReadsFewRows(Filter filter) {
    var middle = new Position(Instant.now().minusSeconds(ORDERS / 2), new OrderId(new UUID(0, 0)));

    assertReadsFewRows(plan(filter, Optional.of(middle)));
  }

  private static List<String> plan(Filter filter, Optional<Position> after) {
    return store
        .database()
        .reads()
        .query(
            "explain (analyze, timing off) " + OrderPages.statement(filter),
            parameters -> OrderPages.bind(parameters, filter, after, 50),
            row -> row.getString(1));
  }

  /// Live orders may be read through: there are few, and no index on what changes.
  private static void assertReadsFewRows(List<String> plan) {
    assertThat(plan).noneMatch(line -> line.matches(".*Seq Scan on (orders|events|ended).*"));
    List<Double> rowsRead =
        plan.stream()
            .flatMap(line -> ROWS.matcher(line).results())
            .map(OrderPagesPlanTest::rowsRead)
            .toList();
    assertThat(rowsRead).isNotEmpty().allSatisfy(rows -> assertThat(rows).isLessThan(MOST_ROWS));
  }

  private static double rowsRead(MatchResult rows) {
    return Double.parseDouble(rows.group(1)) * Double.parseDouble(rows.group(2));
  }

  private static <T> List<Optional<T>> options(List<T> values) {
    return Stream.concat(Stream.of(Optional.<T>empty()), values.stream().map(Optional::of))
        .toList();
  }
}

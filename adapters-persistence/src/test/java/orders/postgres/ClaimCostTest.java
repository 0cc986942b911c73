package orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A claim costs about what it brings, not what waits behind it.
final class ClaimCostTest {
  private static final int WAITING = 200_000;

  private static final Pattern SCAN =
      Pattern.compile("Scan .*on work .*actual rows=([0-9.]+) loops=([0-9]+)");
  private static final Pattern PASSED_OVER = Pattern.compile("Rows Removed by Filter: ([0-9]+)");

  private static PostgresStore store;

  @BeforeAll
  static void open() throws SQLException {
    store = PostgresStore.create();
  }

  @AfterAll
  static void close() throws SQLException {
    store.close();
  }

  /// The most rows are some for each order that is claimed, and some for each merchant that the
  /// statement comes past: a hundred that have work, or a thousand that have none.
  @ParameterizedTest
  @CsvSource({
    "1,    -1 h, 1,  10",
    "1,    -1 h, 50, 150",
    "1,    1 h,  50, 10",
    "5000, -1 h, 1,  250",
    "5000, -1 h, 50, 400",
    "5000, 1 h,  50, 1100",
  })
  void aClaimReadsFewRowsHoweverManyOrdersWait(int merchants, String dueIn, int max, int mostRows)
      throws SQLException {
    store.empty();
    store.execute(
        """
        insert into work (
          order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at,
          updated_at, due_at, epoch)
        select
          gen_random_uuid(), 'merchant-' || i %% %d, 'confirmation', false, 0, 1, 1, now(),
          now(), now() + interval '%s', 0
        from generate_series(1, %d) i
        """
            .formatted(merchants, dueIn, WAITING));
    store.execute("vacuum analyze work");

    List<String> plan = explain(max);

    assertThat(plan).noneMatch(line -> line.contains("Seq Scan"));
    assertThat(rows(plan)).as("%s", String.join("\n", plan)).isBetween(1.0, mostRows * 1.0);
  }

  private static List<String> explain(int max) {
    return store
        .database()
        .work()
        .query(
            "explain (analyze, timing off) " + ClaimWork.CLAIM,
            parameters ->
                ClaimWork.bind(
                    parameters,
                    ClaimWork.Place.after("merchant-3"),
                    max,
                    new Node("node", Duration.ofSeconds(30))),
            row -> row.getString(1));
  }

  /// As many as the plan read from the work, whether it had use for them or not.
  private static double rows(List<String> plan) {
    double rows = 0;
    double loops = 0;
    for (String line : plan) {
      Matcher scan = SCAN.matcher(line);
      Matcher passedOver = PASSED_OVER.matcher(line);
      if (scan.find()) {
        loops = Double.parseDouble(scan.group(2));
        rows += Double.parseDouble(scan.group(1)) * loops;
      } else if (line.contains("actual rows")) {
        loops = 0;
      } else if (passedOver.find()) {
        rows += Double.parseDouble(passedOver.group(1)) * loops;
      }
    }
    return rows;
  }
}

package orders.postgres;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Plans of writes are made once, and good for tables of any size, also where they were made while
/// the tables were empty and known to be.
final class WritePlansTest {
  private static final Pattern SCAN = Pattern.compile(".*Scan using (\\w+) on .*");
  private static final Pattern PARAMETER = Pattern.compile("\\?");

  /// Of each index, the column that it is sorted by.
  private static final String LEADING =
      """
      select c.relname || ' ' || a.attname
      from pg_index i
      join pg_class c on c.oid = i.indexrelid
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      """;

  private static PostgresStore store;
  private static Map<String, String> leadingColumns;

  @BeforeAll
  static void open() throws SQLException {
    store = PostgresStore.create();
    store.execute("vacuum analyze");
    leadingColumns =
        store.column(LEADING).stream()
            .map(line -> line.split(" ", -1))
            .collect(toMap(words -> words[0], words -> words[1]));
  }

  @AfterAll
  static void close() throws SQLException {
    store.close();
  }

  static Stream<Arguments> statements() {
    return Stream.of(
        Arguments.of("place", PlaceOrders.PLACE),
        Arguments.of("find again", PlaceOrders.FIND),
        Arguments.of("claim", ClaimWork.CLAIM),
        Arguments.of("renew", PostgresWorkQueue.RENEW),
        Arguments.of("find held", PostgresWorkQueue.HELD),
        Arguments.of("give back", SharedChanges.all(PostgresWorkQueue.GIVE_BACK)),
        Arguments.of(
            "give back what is free", SharedChanges.free(PostgresWorkQueue.GIVE_BACK, "work")),
        Arguments.of("record", SharedChanges.all(RecordMove.RECORD)),
        Arguments.of("record what is free", SharedChanges.free(RecordMove.RECORD, "work")),
        Arguments.of("move", SharedChanges.all(MoveLive.MOVE)),
        Arguments.of("move what is free", SharedChanges.free(MoveLive.MOVE, "work")),
        Arguments.of("revive", SharedChanges.all(MoveEnded.MOVE)),
        Arguments.of("revive what is free", SharedChanges.free(MoveEnded.MOVE, "ended")),
        Arguments.of("remove", PostgresEndedOrders.REMOVE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void everyRowIsFoundByWhatItsIndexIsSortedBy(String name, String sql) throws SQLException {
    List<String> plan = plan(sql);

    List<String> lost = new ArrayList<>();
    int scans = 0;
    for (int i = 0; i < plan.size(); i++) {
      Matcher scan = SCAN.matcher(plan.get(i));
      if (scan.matches()) {
        scans++;
        String leading = leadingColumns.get(scan.group(1));
        String next = i + 1 < plan.size() ? plan.get(i + 1).strip() : "";
        if (!next.matches("Index Cond: \\(+(ROW\\()?" + leading + "\\b.*")) {
          lost.add(plan.get(i).strip() + " " + next);
        }
      }
    }
    assertThat(lost).as("%s", String.join("\n", plan)).isEmpty();
    assertThat(scans).isPositive();
    assertThat(plan).noneMatch(line -> line.contains("Seq Scan on"));
  }

  private static List<String> plan(String sql) throws SQLException {
    List<String> plan = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("explain (generic_plan, costs off) " + numbered(sql))) {
      while (rows.next()) {
        plan.add(rows.getString(1));
      }
    }
    return plan;
  }

  /// As the server connects to write, but that `$1` may stand for nothing.
  private static Connection connect() throws SQLException {
    var properties = new Properties();
    properties.putAll(store.address().driverProperties());
    properties.setProperty("options", ConnectionPools.WRITING.strip());
    properties.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection(store.address().jdbcUrl(), properties);
  }

  private static String numbered(String sql) {
    int[] number = {0};
    return PARAMETER.matcher(sql).replaceAll(_ -> "\\$" + ++number[0]);
  }
}

package orders.benchmarks.audit;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orders.benchmarks.driver.Acknowledgements;
import orders.benchmarks.measure.Sql;
import org.postgresql.PGConnection;

/// Checks a database after a run from outside, with SQL alone: a fast server that loses an order is
/// of no use. Not safe for several threads.
public final class Audit {
  private static final int ROWS_AT_ONCE = 10_000;

  private static final String BEGIN =
      """
      create temporary table acknowledged (id uuid)
      """;

  private static final String ALL_ORDERS =
      """
      create temporary view audited as select * from orders
      """;

  private static final String ACKNOWLEDGED_ORDERS =
      """
      create temporary view audited as
      select * from orders where id in (select id from acknowledged)
      """;

  /// Each gives the number of orders with which something is wrong.
  private enum Check {
    TWICE_ACKNOWLEDGED(
        """
        select count(*) - count(distinct id) from acknowledged
        """),
    LOST(
        """
        select count(*) from acknowledged a
        where not exists (select from orders o where o.id = a.id)
        """),
    WITHOUT_ITS_TWO_LINES(
        """
        select count(*) from audited o
        where (select array_agg(line order by line) from order_lines l where l.order_id = o.id)
          is distinct from array[1, 2]
        """),
    TOTAL_UNLIKE_ITS_LINES(
        """
        select count(*) from audited o
        where o.total is distinct from
          (select sum(quantity * unit_price) from order_lines l where l.order_id = o.id)
        """),
    NOT_EXACTLY_ONCE_LIVE_OR_ENDED(
        """
        select count(*) from audited o
        left join work w on w.order_id = o.id
        left join ended e on e.order_id = o.id
        where (w.order_id is null) = (e.order_id is null)
        """),
    HISTORY_WITH_GAPS(
        """
        select count(*) from audited o
        left join lateral (
          select count(*) as events, min(seq) as first, max(seq) as last
          from events where order_id = o.id
        ) as h on true
        left join work w on w.order_id = o.id
        left join ended e on e.order_id = o.id
        where h.first is distinct from 1 or h.last <> h.events
          or h.last <> coalesce(w.version, e.version)
        """),
    NOT_COMPLETED(
        """
        select count(*) from audited o
        where not exists (
          select from ended e where e.order_id = o.id and e.status = 'completed')
        """),
    COMPLETED_WITHOUT_ITS_STEPS(
        """
        select count(*) from ended e join audited o on o.id = e.order_id
        where e.status = 'completed'
          and (select array_agg(concat_ws(' ', type, step) order by seq)
            from events h where h.order_id = e.order_id) is distinct from array[
              'placed', 'step_done confirmation', 'step_done payment', 'step_done delivery',
              'completed']
        """);

    private final String sql;

    Check(String sql) {
      this.sql = sql;
    }

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /// What an order must have come to.
  public enum Expected {
    PLACED,
    COMPLETED
  }

  private Audit() {}

  /// All orders of a database, also those that were stored and not acknowledged.
  ///
  /// @param database nothing changes in it any more
  /// @param acknowledged by all loads it ever had
  /// @throws IllegalStateException saying all that is wrong
  public static void check(Sql database, Expected expected, List<Acknowledgements> acknowledged)
      throws SQLException {
    check(database, expected, acknowledged, ALL_ORDERS);
  }

  /// The same for those orders alone that were acknowledged.
  public static void checkAcknowledged(
      Sql database, Expected expected, Acknowledgements acknowledged) throws SQLException {
    check(database, expected, List.of(acknowledged), ACKNOWLEDGED_ORDERS);
  }

  private static void check(
      Sql database, Expected expected, List<Acknowledgements> acknowledged, String audited)
      throws SQLException {
    database.execute(BEGIN);
    database.execute(audited);
    for (Acknowledgements some : acknowledged) {
      copy(database, some);
    }
    database.execute("analyze acknowledged");
    List<String> wrong = new ArrayList<>();
    for (Check check : Check.values()) {
      if (check == Check.NOT_COMPLETED && expected == Expected.PLACED) {
        continue;
      }
      long orders = (long) database.number(check.sql);
      if (orders > 0) {
        wrong.add(orders + " " + check.words());
      }
    }
    database.execute("drop view audited");
    database.execute("drop table acknowledged");
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("the audit found orders: " + String.join(", ", wrong));
    }
  }

  private static void copy(Sql database, Acknowledgements acknowledged) throws SQLException {
    var copy = database.connection().unwrap(PGConnection.class).getCopyAPI();
    for (int from = 0; from < acknowledged.size(); from += ROWS_AT_ONCE) {
      String ids =
          IntStream.range(from, Math.min(from + ROWS_AT_ONCE, acknowledged.size()))
              .mapToObj(i -> acknowledged.id(i).toString())
              .collect(Collectors.joining("\n", "", "\n"));
      try {
        var _ = copy.copyIn("copy acknowledged from stdin", new StringReader(ids));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

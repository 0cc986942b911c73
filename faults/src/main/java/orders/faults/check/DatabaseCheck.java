package orders.faults.check;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import orders.faults.process.PostgresServer;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;

/// What must be true of all rows together, of this round's orders and of all before.
public final class DatabaseCheck {
  /// @param sql lists the ids of orders
  private record Query(Promise promise, String what, String sql) {}

  private static final List<Query> QUERIES =
      List.of(
          new Query(
              Promise.P1,
              "its total is not that of its lines",
              """
              select o.id
              from orders o
              left join order_lines l on l.order_id = o.id
              group by o.id, o.total
              having coalesce(sum(l.quantity * l.unit_price), 0) <> o.total
              """),
          new Query(
              Promise.P2,
              "it has not ended exactly once",
              """
              select o.id
              from orders o
              left join ended e on e.order_id = o.id
              left join work w on w.order_id = o.id
              where e.order_id is null or w.order_id is not null
              """),
          new Query(
              Promise.P3,
              "its events are not numbered up to its version",
              """
              select e.order_id
              from ended e
              left join events v on v.order_id = e.order_id
              group by e.order_id, e.version
              having count(v.seq) <> e.version or min(v.seq) <> 1 or max(v.seq) <> e.version
                or count(distinct v.seq) <> e.version
              """),
          new Query(
              Promise.P6,
              "its key is another order's too",
              """
              select o.id
              from orders o
              join (
                select idempotency_key from orders group by idempotency_key having count(*) > 1
              ) twice on twice.idempotency_key = o.idempotency_key
              """));

  private DatabaseCheck() {}

  /// @param acknowledged how many orders there must be
  public static List<Violation> violations(PostgresServer database, long acknowledged)
      throws SQLException {
    List<Violation> violations = new ArrayList<>();
    for (Query query : QUERIES) {
      database
          .query(query.sql())
          .forEach(order -> violations.add(Violation.of(query.promise(), order, query.what())));
    }
    long stored = Long.parseLong(database.query("select count(*) from orders").getFirst());
    if (stored != acknowledged) {
      violations.add(
          Violation.of(
              Promise.P1,
              "%d orders are stored, %d are acknowledged".formatted(stored, acknowledged)));
    }
    return violations;
  }
}

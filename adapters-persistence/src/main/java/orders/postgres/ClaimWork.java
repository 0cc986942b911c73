package orders.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.domain.Order;

/// Claims the work that is due, for one node.
final class ClaimWork {
  /// The order and its lines are fetched for each claim by itself (`limit 1` and the aggregates see
  /// to that): joined, they might be looked for among all orders there are.
  static final String CLAIM =
      """
      with due as materialized (
        select w.order_id
        from work w
        where w.due_at <= now() and (w.lease_until is null or w.lease_until < now())
        order by w.due_at, w.order_id
        limit ?
        for update skip locked
      ),
      claimed as (
        update work w
        set epoch = w.epoch + 1, owner = ?,
          lease_until = now() + make_interval(secs => ? / 1000.0)
        where w.order_id = any (array(select d.order_id from due d))
        returning w.*
      )
      select
        c.order_id, c.epoch, c.step, c.failed_attempts, c.failure_step, c.failure_kind,
        c.failure_reason, c.round, c.version,
        case when c.compensating then 'compensating' else 'processing' end as status,
        o.customer_id, o.merchant_id, o.reference, o.currency,
        l.skus, l.names, l.quantities, l.unit_prices
      from claimed c
      cross join lateral (select * from orders o where o.id = c.order_id limit 1) o
      cross join lateral lines_of(c.order_id) l
      order by c.due_at, c.order_id
      """;

  private final Statements statements;
  private final Node node;

  ClaimWork(Statements statements, Node node) {
    this.statements = statements;
    this.node = node;
  }

  List<Claim> claim(int max) {
    return statements.query(
        CLAIM,
        parameters -> {
          parameters.integer(max);
          parameters.text(node.name());
          parameters.bigint(node.lease().toMillis());
        },
        ClaimWork::read);
  }

  /// A claim makes a pending order processing, at its first step: so does the row.
  private static Claim read(ResultSet row) throws SQLException {
    Order order = OrderRows.read(row);
    return new Claim(order, new Lease(order.id(), row.getLong("epoch")));
  }
}

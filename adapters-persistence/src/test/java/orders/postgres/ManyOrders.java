package orders.postgres;

import java.sql.SQLException;

/// Fills a store with orders of some age, most of them completed, as a shop has them.
final class ManyOrders {
  private ManyOrders() {}

  static void fill(PostgresStore store, int count) throws SQLException {
    store.execute(
        """
        insert into orders (id, customer_id, merchant_id, reference, currency, total, created_at)
        select
          gen_random_uuid(), 'customer-' || i %% 5000, 'merchant-' || i %% 200,
          case when i %% 2 = 0 then 'reference-' || i end, 'USD', 1,
          now() - make_interval(secs => %1$d - i)
        from generate_series(1, %1$d) i
        """
            .formatted(count));
    store.execute(
        """
        insert into order_lines (order_id, line, sku, quantity, unit_price)
        select id, 1, 'sku', 1, 1 from orders
        """);
    store.execute(
        """
        insert into ended (
          order_id, status, failure_step, failure_kind, failure_reason, round, version, epoch,
          created_at, ended_at)
        select
          o.id, s.status,
          case when s.status = 'failed' then 'payment' end,
          case when s.status = 'failed' then 'declined' end,
          case when s.status = 'failed' then 'no funds' end,
          1, 5, 1, o.created_at, o.created_at
        from (select *, row_number() over (order by created_at desc) as age from orders) o
        cross join lateral (
          select case when o.age %% 100 = 0 then 'failed' when o.age %% 100 = 1 then 'cancelled'
            else 'completed' end as status
        ) s
        where o.age > %d / 50
        """
            .formatted(count));
    store.execute(
        """
        insert into work (
          order_id, step, compensating, failed_attempts, round, version, created_at, updated_at,
          due_at, epoch)
        select id, 'confirmation', false, 0, 1, 1, created_at, created_at, created_at, 0
        from orders o
        where not exists (select from ended e where e.order_id = o.id)
        """);
    store.execute("analyze");
  }
}

package orders.postgres;

import java.sql.SQLException;

/// Fills a store with orders of some age, most of them completed, as a shop has them.
final class ManyOrders {
  private ManyOrders() {}

  /// Of the live orders a tenth is parked, and a tenth backs off.
  static void fill(PostgresStore store, int count) throws SQLException {
    store.execute(
        """
        insert into orders (
          id, customer_id, merchant_id, reference, currency, total, created_at, skus, names,
          quantities, unit_prices, placed_by)
        select
          gen_random_uuid(), 'customer-' || i %% 5000, 'merchant-' || i %% 200,
          case when i %% 2 = 0 then 'reference-' || i end, 'USD', 1,
          now() - make_interval(secs => %1$d - i), '{sku}', '{null}', '{1}', '{1}',
          'storefront:' || i %% 300
        from generate_series(1, %1$d) i
        """
            .formatted(count));
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
          order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at,
          updated_at, due_at, epoch, parked, obstacle)
        select
          o.id, o.merchant_id, 'confirmation', s.parked, case when s.backs_off then 1 else 0 end,
          1, case when s.parked then 3 when s.backs_off then 2 else 1 end,
          o.created_at, o.created_at,
          case when s.parked then 'infinity' else o.created_at end,
          case when s.parked or s.backs_off then 1 else 0 end,
          s.parked, case when s.backs_off then 'partner' end
        from (select *, row_number() over (order by created_at desc) as age from orders) o
        cross join lateral (
          select o.age % 10 = 0 as parked, o.age % 10 = 1 as backs_off
        ) s
        where not exists (select from ended e where e.order_id = o.id)
        """);
    store.execute(
        """
        insert into events (order_id, seq, at, type, step, attempt, reason)
        select
          o.id, n.seq, o.created_at,
          case
            when n.seq = 1 then 'placed'
            when w.parked and n.seq = 3 then 'undo_given_up'
            when w.parked then 'cancel_requested'
            else 'step_failed'
          end,
          'confirmation', 1, 'down'
        from orders o
        left join work w on w.order_id = o.id
        cross join lateral generate_series(1, coalesce(w.version, 1)) as n (seq)
        """);
    store.execute("analyze");
  }
}

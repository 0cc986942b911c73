package orders.benchmarks.scenario;

import java.sql.SQLException;

/// Orders made by SQL, with the rows that the server would have written: thousands in the time in
/// which it takes one over HTTP.
final class SeededOrders {
  /// Orders at once, so that no transaction is too large.
  private static final int CHUNK = 100_000;

  /// Ids grow with time, as the server's do: their first 48 bits are milliseconds. Merchants and
  /// customers as many as in the sample orders.
  private static final String ORDERS =
      """
      create temporary table seed as
      select
        (lpad(to_hex((extract(epoch from t.at) * 1000)::bigint), 12, '0') || '7'
          || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid as id,
        n, t.at
      from generate_series(:from, :to) as n
      cross join lateral (
        select now() - interval '2 days' + n * interval '10 milliseconds' as at
      ) as t
      """;

  private static final String PLACED =
      """
      insert into orders (
        id, customer_id, merchant_id, reference, currency, total, created_at, skus, names,
        quantities, unit_prices)
      select
        id, 'CG-' || n % 793, 'superstore-' || n % 4, 'CA-2016-' || n, 'USD', 99390, at,
        array['FUR-BO-10001798', 'FUR-CH-10000454'],
        array['Bush Somerset Collection Bookcase', 'Hon Deluxe Fabric Upholstered Stacking Chairs'],
        array[2, 3], array[13098, 24398]
      from seed order by n;
      insert into events (order_id, seq, at, type)
      select id, 1, at, 'placed' from seed order by n
      """;

  private static final String WAITING =
      """
      insert into work (
        order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at,
        updated_at, due_at, epoch)
      select id, 'superstore-' || n % 4, 'confirmation', false, 0, 1, 1, at, at, at, 0
      from seed order by n
      """;

  private static final String ENDED =
      """
      insert into events (order_id, seq, at, type, step, attempt, partner_reference)
      select id, seq, at + seq * interval '1 millisecond', 'step_done', step, 1,
        left(step, 1) || '-' || substr(md5(n::text), 1, 8)
      from seed, (values (2, 'confirmation'), (3, 'payment'), (4, 'delivery')) as s (seq, step)
      order by n, seq;
      insert into events (order_id, seq, at, type)
      select id, 5, at + interval '4 milliseconds', 'completed' from seed order by n;
      insert into ended (order_id, status, round, version, epoch, created_at, ended_at)
      select id, 'completed', 1, 5, 1, at, at + interval '4 milliseconds' from seed order by n
      """;

  private SeededOrders() {}

  /// Orders that nobody ever claimed, all due.
  static void waiting(Store store, int count) throws SQLException {
    make(store, count, WAITING);
  }

  /// Orders that were completed.
  static void ended(Store store, int count) throws SQLException {
    make(store, count, ENDED);
  }

  private static void make(Store store, int count, String life) throws SQLException {
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(from + CHUNK, count) - 1;
      store.sql().execute(ORDERS.replace(":from", "" + from).replace(":to", "" + to));
      store.sql().execute(PLACED);
      store.sql().execute(life);
      store.sql().execute("drop table seed");
    }
    store.settle();
  }
}

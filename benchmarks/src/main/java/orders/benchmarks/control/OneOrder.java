package orders.benchmarks.control;

/// How plain JDBC stores one order with two lines in a transaction of its own: two ways that good
/// engineers might choose, each prepared once and one round trip for each order.
///
/// The same rows in the same tables as the server's, and nothing of what the server does besides.
enum OneOrder {
  /// All in one statement.
  ONE_STATEMENT(
      """
      with placed as (
        insert into orders (
          id, customer_id, merchant_id, reference, currency, total, created_at, skus, names,
          quantities, unit_prices)
        values (
          ?, ?, ?, ?, ?, ?, now(), array[?, ?], array[?, ?], array[?, ?], array[?, ?])
      ),
      told as (
        insert into events (order_id, seq, at, type) values (?, 1, now(), 'placed')
      )
      insert into work (
        order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at,
        updated_at, due_at, epoch)
      values (?, ?, 'confirmation', false, 0, 1, 1, now(), now(), now(), 0)
      """),

  /// Three statements, which the driver sends together and PostgreSQL runs as one transaction.
  THREE_TOGETHER(
      """
      insert into orders (
        id, customer_id, merchant_id, reference, currency, total, created_at, skus, names,
        quantities, unit_prices)
      values (
        ?, ?, ?, ?, ?, ?, now(), array[?, ?], array[?, ?], array[?, ?], array[?, ?]);
      insert into events (order_id, seq, at, type) values (?, 1, now(), 'placed');
      insert into work (
        order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at,
        updated_at, due_at, epoch)
      values (?, ?, 'confirmation', false, 0, 1, 1, now(), now(), now(), 0)
      """);

  private final String sql;

  OneOrder(String sql) {
    this.sql = sql;
  }

  /// Its parameters are those of [SampleOrder#bind].
  String sql() {
    return sql;
  }
}

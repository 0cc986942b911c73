package orders.postgres;

/// Pages of the orders of one status that have ended; see [OrderPages].
final class EndedPages {
  /// Reads no more than the page: the index on the status has it in its order.
  private static final String OF_ALL =
      """
      with page as (
        select
          e.order_id, e.created_at, e.status, null as step, 0 as failed_attempts, e.failure_step,
          e.failure_kind, e.failure_reason, e.round, e.version, e.ended_at as updated_at,
          null as waiting
        from ended e
        where e.status = ?
          and e.created_at >= ? and e.created_at < ? and (e.created_at, e.order_id) < (?, ?)
        order by e.created_at desc, e.order_id desc
        limit ?
      )
      select
        page.*, o.customer_id, o.merchant_id, o.reference, o.currency, o.placed_by,
        o.skus, o.names, o.quantities, o.unit_prices
      from page
      join orders o on o.id = page.order_id
      order by page.created_at desc, page.order_id desc
      """;

  /// Which are read first, the orders of the customer or those with the status, is for the planner
  /// to say: it depends on which are fewer.
  private static final String OF_PARTY =
      """
      with page as (
        select
          o.id as order_id, o.customer_id, o.merchant_id, o.reference, o.currency, o.created_at,
          o.placed_by,
          o.skus, o.names, o.quantities, o.unit_prices,
          e.status, null as step, 0 as failed_attempts, e.failure_step, e.failure_kind,
          e.failure_reason, e.round, e.version, e.ended_at as updated_at, null as waiting
        from (
          select ?::text as status, ?::text as customer_id, ?::text as merchant_id,
            ?::text as reference, ?::text as placed_by
        ) wanted
        cross join orders o
        join ended e on e.order_id = o.id
        where e.status = wanted.status
          and (wanted.customer_id is null or o.customer_id = wanted.customer_id)
          and (wanted.merchant_id is null or o.merchant_id = wanted.merchant_id)
          and (wanted.reference is null or o.reference = wanted.reference)
          and (wanted.placed_by is null or o.placed_by = wanted.placed_by)
          and o.created_at >= ? and o.created_at < ? and (o.created_at, o.id) < (?, ?)
        order by o.created_at desc, o.id desc
        limit ?
      )
      select page.*
      from page
      order by page.created_at desc, page.order_id desc
      """;

  private EndedPages() {}

  /// @param ofParty whether a customer, a merchant, a reference or who placed them is asked for
  static String statement(boolean ofParty) {
    return ofParty ? OF_PARTY : OF_ALL;
  }
}

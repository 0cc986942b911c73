package orders.postgres;

/// Pages of the orders that are parked; see [OrderPages]. All of them are compensating.
final class ParkedPages {
  /// Reads through the index of the parked orders. It has those alone, newest first, and they are
  /// few: each waits for somebody to see to it.
  static final String STATEMENT =
      """
      with page as (
        select
          o.id as order_id, o.customer_id, o.merchant_id, o.reference, o.currency, o.created_at,
          o.placed_by,
          o.skus, o.names, o.quantities, o.unit_prices,
          'parked' as status, w.step, w.failed_attempts, w.failure_step, w.failure_kind,
          w.failure_reason, w.round, w.version, w.updated_at, waiting_of(w) as waiting, w.due_at
        from (
          select ?::text as customer_id, ?::text as merchant_id, ?::text as reference,
            ?::text as placed_by
        ) wanted
        cross join work w
        join orders o on o.id = w.order_id
        where w.parked
          and (wanted.customer_id is null or o.customer_id = wanted.customer_id)
          and (wanted.merchant_id is null or o.merchant_id = wanted.merchant_id)
          and (wanted.reference is null or o.reference = wanted.reference)
          and (wanted.placed_by is null or o.placed_by = wanted.placed_by)
          and w.created_at >= ? and w.created_at < ? and (w.created_at, w.order_id) < (?, ?)
        order by w.created_at desc, w.order_id desc
        limit ?
      )
      select page.*, h.reason as last_reason
      from page
      left join events h on h.order_id = page.order_id and h.seq = page.version
      order by page.created_at desc, page.order_id desc
      """;

  private ParkedPages() {}
}

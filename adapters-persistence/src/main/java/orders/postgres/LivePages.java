package orders.postgres;

/// Pages of the orders of one status that are live; see [OrderPages].
final class LivePages {
  /// Reads through the live orders, and has a look at what was ordered only for those on the page.
  private static final String OF_ALL =
      """
      with page as (
        select
          w.order_id, w.created_at,
          case when w.parked then 'parked' else wanted.status end as status, w.step,
          w.failed_attempts, w.failure_step, w.failure_kind, w.failure_reason, w.round, w.version,
          w.updated_at, waiting_of(w) as waiting, w.due_at
        from (select ?::text as status) wanted
        cross join work w
        where case wanted.status
            when 'pending' then w.epoch = 0
            when 'processing' then w.epoch > 0 and not w.compensating
            when 'compensating' then w.epoch > 0 and w.compensating
          end
          and w.created_at >= ? and w.created_at < ? and (w.created_at, w.order_id) < (?, ?)
        order by w.created_at desc, w.order_id desc
        limit ?
      )
      select
        page.*, o.customer_id, o.merchant_id, o.reference, o.currency, o.placed_by,
        o.skus, o.names, o.quantities, o.unit_prices, h.reason as last_reason
      from page
      join orders o on o.id = page.order_id
      left join events h
        on h.order_id = page.order_id and h.seq = page.version
          and (page.status = 'parked' or page.failed_attempts > 0)
      order by page.created_at desc, page.order_id desc
      """;

  /// Sorted by columns that no index sorts by, on purpose: to walk through all orders by age until
  /// enough live ones were met looks cheap to a planner, but the live ones are the youngest, and a
  /// page that is not full would be looked for among all there ever were.
  private static final String OF_PARTY =
      """
      with page as (
        select
          o.id as order_id, o.customer_id, o.merchant_id, o.reference, o.currency, o.created_at,
          o.placed_by,
          o.skus, o.names, o.quantities, o.unit_prices,
          case when w.parked then 'parked' else wanted.status end as status, w.step,
          w.failed_attempts, w.failure_step, w.failure_kind, w.failure_reason, w.round, w.version,
          w.updated_at, waiting_of(w) as waiting, w.due_at
        from (
          select ?::text as status, ?::text as customer_id, ?::text as merchant_id,
            ?::text as reference, ?::text as placed_by
        ) wanted
        cross join orders o
        join work w on w.order_id = o.id
        where case wanted.status
            when 'pending' then w.epoch = 0
            when 'processing' then w.epoch > 0 and not w.compensating
            when 'compensating' then w.epoch > 0 and w.compensating
          end
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
      left join events h
        on h.order_id = page.order_id and h.seq = page.version
          and (page.status = 'parked' or page.failed_attempts > 0)
      order by page.created_at desc, page.order_id desc
      """;

  private LivePages() {}

  /// @param ofParty whether a customer, a merchant, a reference or who placed them is asked for
  static String statement(boolean ofParty) {
    return ofParty ? OF_PARTY : OF_ALL;
  }
}

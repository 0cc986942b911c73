package orders.postgres;

/// The statement that records moves of live orders, whoever makes them: under a lease or from
/// outside. An order that goes on keeps its row of work, one that ends has it moved to `ended`; the
/// events of both follow.
///
/// The ids come twice. Alone, they say to any planner that only their rows are to be read; joined,
/// they might be compared with all there are.
final class MoveStatement {
  private static final String SQL =
      """
      with moved as (
        select *
        from unnest(
          {types}, ?::uuid[], ?::integer[], ?::integer[], ?::text[], ?::boolean[], ?::text[],
          ?::integer[], ?::text[], ?::text[], ?::text[])
          as m ({columns}, order_id, version_before, version, status, parked, step,
            failed_attempts, failure_step, failure_kind, failure_reason)
      ),
      free as materialized (
        %s
      ),
      kept as (
        update work w
        set step = m.step, compensating = m.status = 'compensating',
          failure_step = m.failure_step, failure_kind = m.failure_kind,
          failure_reason = m.failure_reason, failed_attempts = m.failed_attempts,
          version = m.version, updated_at = greatest(now(), w.updated_at), parked = m.parked,
          {kept}
        from moved m
        where w.order_id = any (array(select f.order_id from free f))
          and w.order_id = m.order_id and w.version = m.version_before and {holds}
          and m.status in ('processing', 'compensating')
        returning w.order_id, w.updated_at as at
      ),
      gone as (
        delete from work w
        using moved m
        where w.order_id = any (array(select f.order_id from free f))
          and w.order_id = m.order_id and w.version = m.version_before and {holds}
          and m.status in ('completed', 'failed', 'cancelled')
        returning w.order_id, m.status, m.failure_step, m.failure_kind, m.failure_reason, w.round,
          m.version, w.epoch, w.created_at, greatest(now(), w.updated_at) as at
      ),
      filed as (
        insert into ended (
          order_id, status, failure_step, failure_kind, failure_reason, round, version, epoch,
          created_at, ended_at)
        select
          g.order_id, g.status, g.failure_step, g.failure_kind, g.failure_reason, g.round,
          g.version, g.epoch, g.created_at, g.at
        from gone g
      ),
      recorded as (
        select k.order_id, k.at from kept k
        union all
        select g.order_id, g.at from gone g
      ),
      told as (
        {events}
      )
      select r.order_id, r.at
      from recorded r
      """;

  private MoveStatement() {}

  /// As [SharedChanges] wants it. Its parameters are the arrays of `types`, and then what
  /// [MoveRows#bind], [MoveRows#bindOrders] and [EventRows#bind] set.
  ///
  /// @param types and `columns`: what must be known beside a move itself; `m` in what follows
  /// @param holds when a row `w` of work may be changed, beside its being at the version before
  /// @param kept what else is set in the row of an order that goes on
  static String of(String types, String columns, String holds, String kept) {
    return SQL.replace("{types}", types)
        .replace("{columns}", columns)
        .replace("{holds}", holds)
        .replace("{kept}", kept.strip())
        .replace("{events}", EventRows.insertFor("recorded"));
  }
}

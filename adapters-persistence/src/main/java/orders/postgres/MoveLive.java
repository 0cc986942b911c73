package orders.postgres;

import java.util.List;
import java.util.Map;
import orders.application.port.Recorded;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Status;

/// Moves live orders from outside the worker pool, whoever holds them.
final class MoveLive {
  /// The ids come twice. Alone, they say to any planner that only their rows are to be read;
  /// joined, they might be compared with all there are.
  private static final String MOVE =
      """
      with moved as (
        select *
        from unnest(
          ?::boolean[], ?::uuid[], ?::integer[], ?::integer[], ?::text[], ?::boolean[], ?::text[],
          ?::integer[], ?::text[], ?::text[], ?::text[])
          as m (was_pending, order_id, version_before, version, status, parked, step,
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
          due_at = case when m.parked then 'infinity' else now() end, obstacle = null,
          owner = null, lease_until = null
        from moved m
        where w.order_id = any (array(select f.order_id from free f))
          and w.order_id = m.order_id
          and w.version = m.version_before and (w.epoch = 0) = m.was_pending
          and m.status in ('processing', 'compensating')
        returning w.order_id, w.updated_at as at
      ),
      gone as (
        delete from work w
        using moved m
        where w.order_id = any (array(select f.order_id from free f))
          and w.order_id = m.order_id
          and w.version = m.version_before and (w.epoch = 0) = m.was_pending
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
        insert into events (order_id, seq, at, type, step, attempt, partner_reference, reason)
        select e.order_id, e.seq, r.at, e.type, e.step, e.attempt, e.partner_reference, e.reason
        from unnest(
          ?::uuid[], ?::integer[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[])
          as e (order_id, seq, type, step, attempt, partner_reference, reason)
        join recorded r on r.order_id = e.order_id
      )
      select r.order_id, r.at
      from recorded r
      """;

  private final SharedChanges<Moving, Recorded> changes;

  MoveLive(PostgresDatabase database) {
    this.changes =
        new SharedChanges<>(
            database.commits(), "move", "work", MOVE, Moving::order, MoveLive::record);
  }

  /// An order as it was read, and its move from there.
  record Moving(Order before, Move.Made move) {
    OrderId order() {
      return before.id();
    }
  }

  Recorded record(Moving moving) {
    return changes.make(moving).orElseGet(Recorded.Stale::new);
  }

  private static Map<OrderId, Recorded> record(
      Statements statements, String sql, List<Moving> movings) {
    List<Move.Made> moves = movings.stream().map(Moving::move).toList();
    return MoveRows.byOrder(
        statements.query(
            sql,
            parameters -> {
              parameters.array(
                  "bool", movings, moving -> moving.before().status() == Status.PENDING);
              MoveRows.bind(parameters, moves);
              MoveRows.bindOrders(parameters, moves);
              EventRows.bind(parameters, moves);
            },
            MoveRows::read));
  }
}

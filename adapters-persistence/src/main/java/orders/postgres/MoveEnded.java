package orders.postgres;

import java.util.List;
import java.util.Map;
import orders.application.port.Recorded;
import orders.domain.Move;
import orders.domain.OrderId;

/// Moves orders that had ended: their work begins anew.
final class MoveEnded {
  static final String MOVE =
      """
      with moved as (
        select *
        from unnest(
          ?::integer[], ?::uuid[], ?::integer[], ?::integer[], ?::text[], ?::boolean[], ?::text[],
          ?::integer[], ?::text[], ?::text[], ?::text[])
          as m (round, order_id, version_before, version, status, parked, step, failed_attempts,
            failure_step, failure_kind, failure_reason)
      ),
      free as materialized (
        %s
      ),
      revived as (
        delete from ended e
        using moved m
        where e.order_id = any (array(select f.order_id from free f)) and e.order_id = m.order_id
          and e.version = m.version_before
        returning e.order_id, e.epoch, e.created_at, m.step, m.status, m.failure_step, m.failure_kind,
          m.failure_reason, m.failed_attempts, m.round, m.version, greatest(now(), e.ended_at) as at
      ),
      queued as (
        insert into work (
          order_id, merchant_id, step, compensating, failure_step, failure_kind, failure_reason,
          failed_attempts, round, version, created_at, updated_at, due_at, epoch)
        select
          r.order_id, o.merchant_id, r.step, r.status = 'compensating', r.failure_step,
          r.failure_kind, r.failure_reason, r.failed_attempts, r.round, r.version, r.created_at,
          r.at, now(), r.epoch
        from revived r
        cross join lateral (
          select * from orders o where o.id = any (array[r.order_id]) order by o.id limit 1
        ) o
      ),
      told as (
        {events}
      )
      select r.order_id, r.at
      from revived r
      """
          .replace("{events}", EventRows.insertFor("revived"));

  private final SharedChanges<Move.Made, Recorded> changes;

  MoveEnded(PostgresDatabase database) {
    this.changes =
        new SharedChanges<>(
            database.commits(),
            "revive",
            "ended",
            MOVE,
            move -> move.order().id(),
            MoveEnded::record);
  }

  Recorded record(Move.Made move) {
    return changes.make(move).orElseGet(Recorded.Stale::new);
  }

  private static Map<OrderId, Recorded> record(
      Statements statements, String sql, List<Move.Made> moves) {
    return MoveRows.byOrder(
        statements.query(
            sql,
            parameters -> {
              parameters.array("int4", moves, move -> move.order().round());
              MoveRows.bind(parameters, moves);
              MoveRows.bindOrders(parameters, moves);
              EventRows.bind(parameters, moves);
            },
            MoveRows::read));
  }
}

package orders.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orders.application.port.Lease;
import orders.application.port.Recorded;
import orders.domain.Move;
import orders.domain.OrderId;

/// Records moves of orders under the leases on them.
final class RecordMove {
  private static final String RECORD =
      """
      with moved as (
        select *
        from unnest(
          ?::bigint[], ?::bigint[], ?::uuid[], ?::integer[], ?::integer[], ?::text[], ?::boolean[],
          ?::text[], ?::integer[], ?::text[], ?::text[], ?::text[])
          as m (epoch, release_ms, order_id, version_before, version, status, parked, step,
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
          version = m.version, updated_at = greatest(now(), w.updated_at),
          parked = m.parked,
          due_at = case
            when m.parked then 'infinity'
            when m.release_ms is null then w.due_at
            else now() + make_interval(secs => m.release_ms / 1000.0)
          end,
          obstacle = case when m.release_ms is null then w.obstacle else 'partner' end,
          owner = case when m.release_ms is null and not m.parked then w.owner end,
          lease_until = case when m.release_ms is null and not m.parked then w.lease_until end
        from moved m
        where w.order_id = any (array(select f.order_id from free f))
          and w.order_id = m.order_id
          and w.epoch = m.epoch and w.lease_until is not null and w.version = m.version_before
          and m.status in ('processing', 'compensating')
        returning w.order_id, w.updated_at as at
      ),
      gone as (
        delete from work w
        using moved m
        where w.order_id = any (array(select f.order_id from free f))
          and w.order_id = m.order_id
          and w.epoch = m.epoch and w.lease_until is not null and w.version = m.version_before
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

  private final SharedChanges<Recording, Recorded> changes;

  RecordMove(PostgresDatabase database) {
    this.changes =
        new SharedChanges<>(
            database.workCommits(), "record", "work", RECORD, Recording::order, RecordMove::record);
  }

  /// A move to record under a lease, keeping that or not.
  record Recording(Lease lease, Move.Made move, Optional<Duration> releaseFor) {
    OrderId order() {
      return lease.order();
    }
  }

  Recorded record(Recording recording) {
    return changes.make(recording).orElseGet(Recorded.Stale::new);
  }

  private static Map<OrderId, Recorded> record(
      Statements statements, String sql, List<Recording> recordings) {
    List<Move.Made> moves = recordings.stream().map(Recording::move).toList();
    return MoveRows.byOrder(
        statements.query(
            sql,
            parameters -> {
              parameters.array("int8", recordings, recording -> recording.lease().epoch());
              parameters.array(
                  "int8",
                  recordings,
                  recording -> recording.releaseFor().map(Duration::toMillis).orElse(null));
              MoveRows.bind(parameters, moves);
              MoveRows.bindOrders(parameters, moves);
              EventRows.bind(parameters, moves);
            },
            MoveRows::read));
  }
}

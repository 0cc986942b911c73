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
  static final String RECORD =
      MoveStatement.of(
          "?::bigint[], ?::bigint[]",
          "epoch, release_ms",
          "w.epoch = m.epoch and w.lease_until is not null",
          """
          due_at = case
            when m.parked then 'infinity'
            when m.release_ms is null then w.due_at
            else now() + make_interval(secs => m.release_ms / 1000.0)
          end,
          obstacle = case when m.release_ms is null then w.obstacle else 'partner' end,
          owner = case when m.release_ms is null and not m.parked then w.owner end,
          lease_until = case when m.release_ms is null and not m.parked then w.lease_until end
          """);

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

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
  static final String MOVE =
      MoveStatement.of(
          "?::boolean[]",
          "was_pending",
          "(w.epoch = 0) = m.was_pending",
          """
          due_at = case when m.parked then 'infinity' else now() end, obstacle = null,
          owner = null, lease_until = null
          """);

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

package orders.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orders.application.port.Recorded;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;

/// Makes rows of moves, and outcomes of rows.
final class MoveRows {
  private MoveRows() {}

  /// Sets the ids of the orders that moved, as one array.
  static void bindOrders(Parameters parameters, List<Move.Made> moves) throws SQLException {
    parameters.array("uuid", moves, move -> move.order().id().value());
  }

  /// Sets order ids, versions before and after, statuses, whether they are parked, steps, failed
  /// attempts, and steps, kinds and reasons of failures after each move, as one array each.
  static void bind(Parameters parameters, List<Move.Made> moves) throws SQLException {
    bindOrders(parameters, moves);
    parameters.array("int4", moves, move -> Math.toIntExact(move.versionBefore()));
    parameters.array("int4", moves, move -> Math.toIntExact(move.order().version()));
    List<StateColumns> states =
        moves.stream().map(Move.Made::order).map(Order::state).map(StateColumns::of).toList();
    parameters.array("text", states, state -> Words.of(state.status()));
    parameters.array("bool", states, StateColumns::parked);
    parameters.array("text", states, state -> Words.of(state.step()));
    parameters.array("int4", states, StateColumns::failedAttempts);
    parameters.array("text", states, state -> Words.of(state.failureStep()));
    parameters.array("text", states, state -> Words.of(state.failureKind()));
    parameters.array("text", states, StateColumns::failureReason);
  }

  /// A move that was recorded.
  record Row(OrderId order, Recorded.Done done) {}

  static Row read(ResultSet row) throws SQLException {
    return new Row(OrderRows.id(row), new Recorded.Done(OrderRows.time(row, "at")));
  }

  static Map<OrderId, Recorded> byOrder(List<Row> rows) {
    Map<OrderId, Recorded> recorded = new HashMap<>();
    rows.forEach(row -> recorded.put(row.order(), row.done()));
    return recorded;
  }
}

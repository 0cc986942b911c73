package orders.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import orders.domain.Event;
import orders.domain.Fact;
import orders.domain.Move;
import orders.domain.OrderId;
import orders.domain.Step;

/// Makes rows of events, and events of rows.
final class EventRows {
  private static final String INSERT =
      """
      insert into events (order_id, seq, at, type, step, attempt, partner_reference, reason)
      select e.order_id, e.seq, r.at, e.type, e.step, e.attempt, e.partner_reference, e.reason
      from unnest(
        ?::uuid[], ?::integer[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[])
        as e (order_id, seq, type, step, attempt, partner_reference, reason)
      join {moved} r on r.order_id = e.order_id
      """;

  private EventRows() {}

  /// Stores events, whose columns [#bind] sets, of the orders that did move.
  ///
  /// @param moved the part of the statement that has their ids and the time of each, as `at`
  static String insertFor(String moved) {
    return INSERT.replace("{moved}", moved);
  }

  /// Sets order ids, numbers, types, steps, attempts, partner references and reasons of all that
  /// happened in `moves`, as one array each.
  static void bind(Parameters parameters, List<Move.Made> moves) throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (Move.Made move : moves) {
      long seq = move.versionBefore();
      for (Fact fact : move.facts()) {
        rows.add(new Row(move.order().id(), ++seq, FactColumns.of(fact)));
      }
    }
    parameters.array("uuid", rows, row -> row.order().value());
    parameters.array("int4", rows, row -> Math.toIntExact(row.seq()));
    parameters.array("text", rows, row -> row.fact().type());
    parameters.array("text", rows, row -> Words.of(row.fact().step()));
    parameters.array("int4", rows, row -> row.fact().attempt());
    parameters.array("text", rows, row -> row.fact().partnerReference());
    parameters.array("text", rows, row -> row.fact().reason());
  }

  /// @throws IllegalStateException if the row is no event
  static Event read(ResultSet row) throws SQLException {
    try {
      return new Event(row.getLong("seq"), OrderRows.time(row, "at"), readColumns(row).toFact());
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IllegalStateException(
          "the database holds no sound history of order " + OrderRows.id(row), e);
    }
  }

  private static FactColumns readColumns(ResultSet row) throws SQLException {
    String step = row.getString("step");
    return new FactColumns(
        row.getString("type"),
        step == null ? null : Words.parse(Step.class, step),
        row.getObject("attempt", Integer.class),
        row.getString("partner_reference"),
        row.getString("reason"));
  }

  private record Row(OrderId order, long seq, FactColumns fact) {}
}

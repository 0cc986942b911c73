package orders.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orders.application.port.Lease;
import orders.application.port.Orders;
import orders.application.port.Recorded;
import orders.domain.ItemName;
import orders.domain.Line;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Purchase;
import orders.domain.Reference;

/// The orders of one database, as one node places and moves them. Safe from any thread.
public final class PostgresOrders implements Orders {
  private static final String PLACE =
      """
      with sent as (
        select *
        from unnest(
          ?::uuid[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
          as s (order_id, handed_over, customer_id, merchant_id, reference, currency, total)
      ),
      placed as (
        insert into orders (id, customer_id, merchant_id, reference, currency, total, created_at)
        select s.order_id, s.customer_id, s.merchant_id, s.reference, s.currency, s.total, now()
        from sent s
      ),
      listed as (
        insert into order_lines (order_id, line, sku, name, quantity, unit_price)
        select *
        from unnest(?::uuid[], ?::integer[], ?::text[], ?::text[], ?::integer[], ?::bigint[])
      ),
      told as (
        insert into events (order_id, seq, at, type)
        select s.order_id, 1, now(), 'placed'
        from sent s
      ),
      queued as (
        insert into work (
          order_id, step, compensating, failed_attempts, round, version, created_at, updated_at,
          due_at, epoch, owner, lease_until)
        select
          s.order_id, 'confirmation', false, 0, 1, 1, now(), now(), now(),
          case when s.handed_over then 1 else 0 end,
          case when s.handed_over then ? end,
          case when s.handed_over then now() + make_interval(secs => ? / 1000.0) end
        from sent s
        returning order_id, updated_at, epoch
      )
      select q.order_id, q.updated_at as at, q.epoch
      from queued q
      """;

  private final Statements statements;
  private final Node node;
  private final MoveLive moveLive;
  private final MoveEnded moveEnded;

  public PostgresOrders(PostgresDatabase database, Node node) {
    this.statements = database.writes();
    this.node = node;
    this.moveLive = new MoveLive(statements);
    this.moveEnded = new MoveEnded(statements);
  }

  @Override
  public Placed place(Move.Made placed, HandOver handOver) {
    return place(List.of(new Placing(placed.order(), handOver))).getFirst();
  }

  @Override
  public Recorded move(Order before, Move.Made move) {
    return before.status().isTerminal()
        ? moveEnded.record(List.of(move))
        : moveLive.record(List.of(new MoveLive.Moving(before, move)));
  }

  private List<Placed> place(List<Placing> placings) {
    return statements.query(
        PLACE,
        parameters -> {
          bindOrders(parameters, placings);
          bindLines(parameters, placings);
          parameters.text(node.name());
          parameters.bigint(node.lease().toMillis());
        },
        PostgresOrders::readPlaced);
  }

  private static void bindOrders(Parameters parameters, List<Placing> placings)
      throws SQLException {
    parameters.array("uuid", placings, placing -> placing.order().id().value());
    parameters.array("bool", placings, placing -> placing.handOver() == HandOver.THIS_NODE);
    List<Purchase> purchases = placings.stream().map(Placing::order).map(Order::purchase).toList();
    parameters.array("text", purchases, purchase -> purchase.customer().value());
    parameters.array("text", purchases, purchase -> purchase.merchant().value());
    parameters.array(
        "text", purchases, purchase -> purchase.reference().map(Reference::value).orElse(null));
    parameters.array("text", purchases, purchase -> purchase.currency().getCurrencyCode());
    parameters.array("int8", purchases, purchase -> purchase.total().minorUnits());
  }

  private static void bindLines(Parameters parameters, List<Placing> placings) throws SQLException {
    List<LineRow> lines = new ArrayList<>();
    for (Placing placing : placings) {
      int number = 0;
      for (Line line : placing.order().purchase().lines()) {
        lines.add(new LineRow(placing.order().id(), ++number, line));
      }
    }
    parameters.array("uuid", lines, row -> row.order().value());
    parameters.array("int4", lines, LineRow::number);
    parameters.array("text", lines, row -> row.line().sku().value());
    parameters.array("text", lines, row -> row.line().name().map(ItemName::value).orElse(null));
    parameters.array("int4", lines, row -> row.line().quantity());
    parameters.array("int8", lines, row -> row.line().unitPrice().minorUnits());
  }

  private static Placed readPlaced(ResultSet row) throws SQLException {
    long epoch = row.getLong("epoch");
    Optional<Lease> lease =
        epoch == 0 ? Optional.empty() : Optional.of(new Lease(OrderRows.id(row), epoch));
    return new Placed(OrderRows.time(row, "at"), lease);
  }

  private record Placing(Order order, HandOver handOver) {}

  private record LineRow(OrderId order, int number, Line line) {}
}

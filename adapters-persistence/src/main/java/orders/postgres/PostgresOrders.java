package orders.postgres;

import orders.application.port.Orders;
import orders.application.port.Origin;
import orders.application.port.Recorded;
import orders.domain.Move;
import orders.domain.Order;

/// The orders of one database, as one node places and moves them. Safe from any thread.
public final class PostgresOrders implements Orders {
  private final PlaceOrders placeOrders;
  private final MoveLive moveLive;
  private final MoveEnded moveEnded;

  public PostgresOrders(PostgresDatabase database, Node node) {
    this.placeOrders = new PlaceOrders(database, node);
    this.moveLive = new MoveLive(database);
    this.moveEnded = new MoveEnded(database);
  }

  @Override
  public Placed place(Move.Made placed, HandOver handOver, Origin origin) {
    return placeOrders.place(new PlaceOrders.Placing(placed.order(), handOver, origin));
  }

  @Override
  public Recorded move(Order before, Move.Made move) {
    return before.status().isTerminal()
        ? moveEnded.record(move)
        : moveLive.record(new MoveLive.Moving(before, move));
  }
}

package orders.application.port;

import java.time.Instant;
import java.util.Optional;
import orders.domain.Move;
import orders.domain.Order;

/// The durable orders: placing them, and moving them from outside the worker pool.
///
/// Safe from any thread; every call blocks until its outcome is durable, and concurrent calls may
/// share a commit. Times are the database's.
public interface Orders {
  /// Stores a new order with its lines, its first event and its work: all of it or nothing.
  ///
  /// @param placed the move that [Order#place] made
  /// @throws StoreUnavailable if the store did not say that the order is durable
  /// @throws IllegalStateException if there already is an order with this id, which stays as it was
  Placed place(Move.Made placed, HandOver handOver);

  /// Records `move` if the order still is as it was before it, and hands its work, if any is left,
  /// back to whoever claims it next, at once. A lease on the order is lost by this.
  ///
  /// @param before the order that was asked to move, as it was read. If it was pending, it must not
  ///   have been claimed since; if it had ended, its work begins anew
  /// @throws StoreUnavailable if the outcome is unknown
  Recorded move(Order before, Move.Made move);

  /// Who begins a new order's work.
  enum HandOver {
    /// This node, right now: the order is stored already leased to it.
    THIS_NODE,
    /// Whoever claims it first.
    ANY_NODE
  }

  /// A durable order.
  ///
  /// @param lease present if the order was handed to this node
  record Placed(Instant at, Optional<Lease> lease) {}
}

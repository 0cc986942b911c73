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
  /// Stores a new order with its lines, its first event, its work and its origin: all of it or
  /// nothing.
  ///
  /// Once for each id, and once for each key of whoever places it: whatever else is asked under
  /// them, also at the same moment and on another node, changes nothing and gives the order that
  /// was stored first. So the same call may be made again after an unknown outcome, and tells what
  /// came of it.
  ///
  /// @param placed the move that [Order#place] made
  /// @throws StoreUnavailable if the store did not say that the order is durable
  Placed place(Move.Made placed, HandOver handOver, Origin origin);

  /// Records `move` if the order still is as it was before it, and hands its work, if any is left,
  /// back to whoever claims it next, at once. A lease on the order is lost by this.
  ///
  /// The same call may be made again after an unknown outcome: if the first was recorded, the
  /// second is stale.
  ///
  /// @param before the order that was asked to move, as it was read. If it was pending, it must not
  ///   have been claimed since; if it had ended, its work begins anew
  /// @throws StoreUnavailable if the store did not say what came of it
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
  /// @param order as it was when it was placed: the one sent, or the one stored before it under the
  ///   same id or key
  /// @param at when it was placed
  /// @param lease present if this call, or an earlier one with the same id, handed the order to
  ///   this node, and the node still holds it
  record Placed(Order order, Instant at, Optional<Lease> lease) {}
}

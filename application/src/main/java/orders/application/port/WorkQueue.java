package orders.application.port;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import orders.domain.Move;
import orders.domain.Order;

/// The work that live orders wait for, as one node sees it.
///
/// A queue belongs to one node: what it claims is leased to that node until the lease expires by
/// the database's clock, unless it is renewed. Safe from any thread; every call blocks until its
/// outcome is durable, and concurrent calls may share a commit.
///
/// Every method throws [StoreUnavailable] if the database cannot be reached or did not answer; what
/// was asked may then have happened or not. A claim lost in this way is free again when its lease
/// expires.
public interface WorkQueue {
  /// Leases work that is due and that nobody holds, or whose lease has expired, to this node.
  ///
  /// Fair among merchants: they take turns, so that one with a thousand waiting orders does not
  /// hold up another's only one. Of each merchant, the longest due first. Two claims never get the
  /// same work, and never wait for each other.
  ///
  /// @param max the most to claim, at least 1
  /// @return empty only if nothing is due; fewer than `max` does not mean that nothing else is
  List<Claim> claim(int max);

  /// Records `move` if `lease` still holds and the order still is as it was before the move. With a
  /// move that ends or parks the order there is nothing left to hold, and `releaseFor` is ignored.
  ///
  /// The same call may be made again after an unknown outcome: if the first was recorded, the
  /// second is stale, and [#held] tells whether the lease goes on.
  ///
  /// @param releaseFor (in whole milliseconds) present to give the work back, due again after this
  ///   long; absent to keep it, under the lease as it is
  /// @return [Recorded.Stale] if the lease was lost or the order has moved, in which case nothing
  ///   was written and the holder must stop
  Recorded record(Lease lease, Move.Made move, Optional<Duration> releaseFor);

  /// The order as it is now, if `lease` still holds: nobody but the holder can have moved it then.
  Optional<Order> held(Lease lease);

  /// Gives the work back, due again after `delay` (in whole milliseconds), without an event.
  ///
  /// @return false if the lease was lost, in which case nothing was written
  boolean postpone(Lease lease, Duration delay, Obstacle obstacle);

  /// What keeps an order from being worked on although it could be, for people to see.
  enum Obstacle {
    /// The partner asked to come back later, or is taking as many calls as it may.
    PARTNER,
    /// The partner's circuit breaker is open.
    BREAKER
  }

  /// Extends the leases by the full lease time from now.
  ///
  /// @return those that were lost
  List<Lease> renew(Collection<Lease> leases);

  /// Gives the work back, as due as it was, for any node to claim at once. Lost leases are ignored.
  void release(Collection<Lease> leases);
}

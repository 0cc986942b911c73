package orders.http.limit;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import orders.http.access.Principal;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;

/// Things that last, such as streams, of which there may be so many at once, and so many of each
/// holder. Safe from any thread; keeps nothing of who has none.
public final class Shares {
  private final Holders holders;
  private final int each;
  private final Semaphore left;
  private final ConcurrentMap<Holder, Integer> taken = new ConcurrentHashMap<>();

  /// @param all how many there may be at once
  /// @param each how many of one holder; 0 if nobody counts that
  public Shares(int all, int each, Holders holders) {
    this.holders = holders;
    this.each = each;
    this.left = new Semaphore(all);
  }

  /// Empty if there are too many already, in all or of whom this is for.
  public Optional<Share> take(Context context, Principal principal) {
    return switch (tryToTake(holder(context, principal))) {
      case Share share -> Optional.of(share);
      case Refused _ -> Optional.empty();
    };
  }

  /// The same for a request that is nothing without its share.
  ///
  /// @throws RefusedRequest 429 if too many are theirs, 503 if there are too many in all; with a
  ///   `Retry-After`
  public Share takeOrRefuse(Context context, Principal principal) {
    return switch (tryToTake(holder(context, principal))) {
      case Share share -> share;
      case Refused refused -> {
        context.header("Retry-After", "1");
        throw refused == Refused.ALL_ARE_TAKEN
            ? new RefusedRequest(
                ProblemType.UNAVAILABLE, "The server has as many of these open as it can.")
            : new RefusedRequest(
                ProblemType.TOO_MANY_REQUESTS,
                "As many of these are open as you may have at once: " + each + ".");
      }
    };
  }

  /// Whom to count; nobody if there is no need to.
  private Optional<Holder> holder(Context context, Principal principal) {
    return each == 0 ? Optional.empty() : Optional.of(holders.of(context, principal));
  }

  Taken tryToTake(Optional<Holder> holder) {
    if (holder.isPresent() && !count(holder.get())) {
      return Refused.OWN_ARE_TAKEN;
    }
    Share share = new Share(holder);
    if (left.tryAcquire()) {
      return share;
    }
    share.uncount();
    return Refused.ALL_ARE_TAKEN;
  }

  private boolean count(Holder holder) {
    AtomicBoolean granted = new AtomicBoolean();
    taken.compute(
        holder,
        (_, before) -> {
          int had = before == null ? 0 : before;
          granted.set(had < each);
          return had < each ? Integer.valueOf(had + 1) : before;
        });
    return granted.get();
  }

  /// How many holders have any.
  int holding() {
    return taken.size();
  }

  sealed interface Taken permits Share, Refused {}

  enum Refused implements Taken {
    OWN_ARE_TAKEN,
    ALL_ARE_TAKEN
  }

  /// One of them, until it is closed. Closing it again does nothing.
  public final class Share implements Taken, AutoCloseable {
    private final Optional<Holder> holder;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Share(Optional<Holder> holder) {
      this.holder = holder;
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        left.release();
        uncount();
      }
    }

    private void uncount() {
      holder.ifPresent(who ->
          taken.computeIfPresent(who, (_, had) -> had == 1 ? null : Integer.valueOf(had - 1)));
    }
  }
}

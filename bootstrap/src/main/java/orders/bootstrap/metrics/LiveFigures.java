package orders.bootstrap.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import orders.application.port.StoreUnavailable;
import orders.postgres.LiveOrders;

/// What the database says of the live orders, not older than some seconds while it answers.
///
/// Whoever asks waits a moment at most: for longer than that, and while the database does not
/// answer, there is nothing to tell. The more a look costs, the longer it is good for. Safe from
/// any thread.
final class LiveFigures {
  private static final Duration FRESH = Duration.ofSeconds(5);

  /// Of a connection's and a processor's time, looking takes no more than one part in so many.
  private static final int SHARE = 30;

  /// Beyond this, older figures would mislead.
  private static final Duration OUTDATED = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofMillis(300);

  private record Look(
      long endedAt, long tookNanos, boolean ready, Optional<LiveOrders.Count> count) {}

  private final BooleanSupplier ready;
  private final Supplier<LiveOrders.Count> orders;
  private final LongSupplier nanoTime;
  private final AtomicReference<Optional<Look>> last = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<CompletableFuture<Void>>> underWay =
      new AtomicReference<>(Optional.empty());

  /// @param ready whether this node should be sent requests; may take seconds
  /// @param orders may take seconds; throws [StoreUnavailable]
  LiveFigures(BooleanSupplier ready, Supplier<LiveOrders.Count> orders, LongSupplier nanoTime) {
    this.ready = ready;
    this.orders = orders;
    this.nanoTime = nanoTime;
  }

  /// Has the figures be new if that takes no longer than a moment.
  void refresh() {
    if (last.get().filter(this::isFresh).isPresent()) {
      return;
    }
    try {
      begun().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // Those of before must do.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look does not fail", e);
    }
  }

  private boolean isFresh(Look look) {
    long goodFor = Math.max(FRESH.toNanos(), SHARE * look.tookNanos());
    return nanoTime.getAsLong() - look.endedAt() < goodFor;
  }

  /// The look that is under way, begun now if none was.
  private synchronized CompletableFuture<Void> begun() {
    Optional<CompletableFuture<Void>> before = underWay.get().filter(look -> !look.isDone());
    if (before.isPresent()) {
      return before.get();
    }
    CompletableFuture<Void> now = new CompletableFuture<>();
    underWay.set(Optional.of(now));
    var _ =
        Thread.ofVirtual()
            .name("figures")
            .start(() -> {
              try {
                last.set(Optional.of(look()));
              } finally {
                now.complete(null);
              }
            });
    return now;
  }

  private Look look() {
    long begin = nanoTime.getAsLong();
    boolean isReady = ready.getAsBoolean();
    Optional<LiveOrders.Count> count;
    try {
      count = Optional.of(orders.get());
    } catch (StoreUnavailable _) {
      count = Optional.empty();
    }
    long end = nanoTime.getAsLong();
    return new Look(end, end - begin, isReady, count);
  }

  private Optional<Look> current() {
    return last.get()
        .filter(look ->
            nanoTime.getAsLong() - look.endedAt()
                < Math.max(OUTDATED.toNanos(), 2 * SHARE * look.tookNanos()));
  }

  boolean isReady() {
    return current().filter(Look::ready).isPresent();
  }

  /// Empty if the database did not answer.
  Optional<LiveOrders.Count> count() {
    return current().flatMap(Look::count);
  }
}

package orders.application.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.Partners;
import orders.application.port.StoreUnavailable;
import orders.application.port.Threads;
import orders.application.port.WorkQueue;
import orders.domain.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's worker pool: takes work that is handed to it or that it claims, within its slots.
///
/// The database is the queue; memory holds no more than [DispatchSettings#slots()] orders. Nobody
/// who places an order waits for a worker: without a free slot the order stays in the database.
/// Safe from any thread.
public final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /// What interrupted workers get to give their work back.
  private static final Duration INTERRUPTED_GRACE = Duration.ofSeconds(2);

  private final WorkQueue queue;
  private final Slots slots;
  private final Workers workers;
  private final LeaseKeeper leases;
  private final Claimer claimer;
  private final LeasedWrites writes;
  private final PartnerCalls calls;
  private final Pipeline pipeline;
  private final Threads threads;
  private final StopSignal stop;

  public Dispatcher(
      WorkQueue queue,
      Partners partners,
      OrderWatch watch,
      RetryPolicy retries,
      DispatchSettings settings,
      Threads threads) {
    this.queue = queue;
    this.threads = threads;
    this.stop = new StopSignal(threads);
    this.slots = new Slots(settings.slots());
    this.workers = new Workers(settings.workers(), threads, this::work);
    this.leases = new LeaseKeeper(queue, settings.lease(), threads);
    this.claimer = new Claimer(queue, slots, settings, threads, this::take);
    this.calls = new PartnerCalls(partners, settings.partners(), retries.timeout(), threads);
    this.writes = new LeasedWrites(queue, watch, stop);
    this.pipeline = new Pipeline(writes, calls, retries, stop, threads);
  }

  public void start() {
    leases.start();
    claimer.start();
  }

  /// A slot for an order that is about to be stored, so that it can be stored already leased to
  /// this node; empty if the pool is full or stopping, or if more orders wait in the database than
  /// it has room for.
  public Optional<Slot> reserve() {
    if (stop.isRaised() || claimer.isBehind()) {
      return Optional.empty();
    }
    if (!slots.takeOne()) {
      claimer.fallBehind();
      return Optional.empty();
    }
    return Optional.of(new Slot());
  }

  /// To be called after work that no node holds became durable: it is claimed as soon as a slot is
  /// free, rather than at the next poll.
  public void workIsWaiting() {
    claimer.announceWork();
  }

  /// Whether this node has begun to stop, from the first moment of [#stop].
  public boolean isStopping() {
    return stop.isRaised();
  }

  /// Orders that a worker is busy with right now.
  public int busyWorkers() {
    return workers.busy();
  }

  /// How many more orders this node could take on right now.
  public int freeSlots() {
    return slots.free();
  }

  /// How this node gets on with the partner behind `step`.
  public PartnerFigures partner(Step step) {
    return calls.figures(step);
  }

  /// How many writes of this node's workers changed nothing since their lease had been lost.
  public long staleWrites() {
    return writes.refused();
  }

  /// Stops in good order: claims no more, gives back what waits in memory, lets running steps
  /// finish and gives their orders back. Steps still running after `grace` are interrupted, and
  /// their orders given back too, to be asked again under the same key. Returns within `grace` and
  /// some seconds.
  public void stop(Duration grace) {
    if (!stop.raise()) {
      return;
    }
    long start = threads.nanoTime();
    claimer.stop(grace);
    List<Claim> notBegun = workers.stop();
    giveBack(notBegun);
    int busy = workers.busy();
    log.info("Gave back {} waiting orders; {} steps are finishing", notBegun.size(), busy);
    try {
      if (!workers.awaitIdle(grace.minusNanos(threads.nanoTime() - start))) {
        log.warn("{} steps did not finish in time and are interrupted", workers.busy());
        workers.interrupt();
        workers.awaitIdle(INTERRUPTED_GRACE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    leases.stop();
  }

  private void take(Claim claim) {
    leases.keep(claim.lease());
    if (!workers.submit(claim)) {
      giveBack(List.of(claim));
    }
  }

  private void giveBack(List<Claim> claims) {
    List<Lease> unused = claims.stream().map(Claim::lease).toList();
    try {
      if (!unused.isEmpty()) {
        queue.release(unused);
      }
    } catch (StoreUnavailable e) {
      log.warn(
          "{} orders are free only when their leases expire: {}", unused.size(), e.getMessage());
    } finally {
      unused.forEach(this::forget);
    }
  }

  private void work(Claim claim) {
    LogContext.enter(claim.order().id(), claim.traceOfWork());
    try {
      pipeline.run(claim);
    } catch (InterruptedException _) {
      log.info("Order {}: interrupted and given back", claim.order().id());
    } catch (StoreUnavailable e) {
      log.warn("Order {}: left to its lease: {}", claim.order().id(), e.getMessage());
    } catch (RuntimeException e) {
      log.error("Order {}: left to its lease", claim.order().id(), e);
    } finally {
      forget(claim.lease());
      LogContext.leave();
    }
  }

  private void forget(Lease lease) {
    leases.drop(lease);
    slots.giveBack(1);
    claimer.slotIsFree();
  }

  /// The promise of a place in the pool. To be used for a claim or given back, once.
  public final class Slot implements AutoCloseable {
    private final AtomicBoolean spent = new AtomicBoolean();

    private Slot() {}

    /// Starts work on a claim that is durable.
    public void use(Claim claim) {
      if (spent.getAndSet(true)) {
        throw new IllegalStateException("a slot is for one claim");
      }
      take(claim);
    }

    /// Gives the slot back unless it was used.
    @Override
    public void close() {
      if (!spent.getAndSet(true)) {
        slots.giveBack(1);
        claimer.slotIsFree();
      }
    }
  }
}

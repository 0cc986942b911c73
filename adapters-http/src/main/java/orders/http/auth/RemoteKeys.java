package orders.http.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// RS256 and ES256 with the public keys of an identity provider. They are fetched in the background
/// and kept until others come: while the provider is away, the old ones go on.
///
/// Requests wait for a fetch only if they cannot be decided without it, not for long, and only so
/// many of them: a provider that is slow, and strangers who make up names of keys, hold up nobody
/// else.
public final class RemoteKeys implements TokenKeys {
  private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

  private static final Set<JWSAlgorithm> FAMILY = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  /// How many requests may wait at once.
  private static final int MAX_WAITING = 100;

  private final JwksEndpoint endpoint;
  private final Timing timing;
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread fetcher;

  private volatile @Nullable KeySet keys;
  private final AtomicLong generation = new AtomicLong();

  // Under the lock.
  private boolean isFetching = true;
  private boolean isWanted;
  private long fetches;
  private long lastFetchNanos;

  // Of the fetcher alone.
  private String trouble = "";

  private volatile boolean closed;

  /// When what happens.
  ///
  /// @param refresh between two fetches, if the last went well
  /// @param retry the same if it did not
  /// @param again at least between two fetches for keys that nobody knows
  /// @param patience of a request that waits for a fetch
  record Timing(Duration refresh, Duration retry, Duration again, Duration patience) {
    static final Timing USUAL =
        new Timing(
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));
  }

  /// Begins to fetch at once.
  public RemoteKeys(JwksEndpoint endpoint) {
    this(endpoint, Timing.USUAL);
  }

  RemoteKeys(JwksEndpoint endpoint, Timing timing) {
    this.endpoint = endpoint;
    this.timing = timing;
    this.fetcher = Thread.ofVirtual().name("token-keys").start(this::keepFetching);
  }

  @Override
  public Optional<JWSVerifier> verifierFor(JWSHeader header) throws KeysUnavailable {
    if (!FAMILY.contains(header.getAlgorithm())) {
      return Optional.empty();
    }
    Optional<JWSVerifier> known = known(header);
    if (known.isPresent() || !isWorthWaitingFor(header)) {
      return orUnavailable(known);
    }
    awaitFetch();
    return orUnavailable(known(header));
  }

  private Optional<JWSVerifier> known(JWSHeader header) {
    KeySet now = keys;
    return now == null ? Optional.empty() : now.verifierFor(header);
  }

  private Optional<JWSVerifier> orUnavailable(Optional<JWSVerifier> verifier)
      throws KeysUnavailable {
    if (keys == null) {
      throw new KeysUnavailable();
    }
    return verifier;
  }

  /// A key that is not known may be a new one, if it has a name.
  private boolean isWorthWaitingFor(JWSHeader header) {
    return keys == null || header.getKeyID() != null;
  }

  private void awaitFetch() {
    if (!places.tryAcquire()) {
      return;
    }
    lock.lock();
    try {
      if (!isFetching && keys != null && !isTooSoon()) {
        isWanted = true;
        changed.signalAll();
      }
      long seen = fetches;
      long left = timing.patience.toNanos();
      while ((isFetching || isWanted) && fetches == seen && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
      places.release();
    }
  }

  private boolean isTooSoon() {
    return System.nanoTime() - lastFetchNanos < timing.again.toNanos();
  }

  private void keepFetching() {
    try {
      while (!closed) {
        boolean done = fetch();
        rest(done ? timing.refresh : timing.retry);
      }
    } catch (InterruptedException _) {
      log.debug("No more keys are fetched");
    }
  }

  private boolean fetch() throws InterruptedException {
    try {
      KeySet fetched = endpoint.fetch();
      KeySet before = keys;
      if (before == null || !fetched.hasSameKeysAs(before)) {
        // In this order: what is verified with the old ones must not count as verified with these.
        keys = fetched;
        generation.incrementAndGet();
        log.info("Tokens are verified with the keys of {}", endpoint);
      } else if (!trouble.isEmpty()) {
        log.info("The keys of {} can be fetched again", endpoint);
      }
      trouble = "";
      return true;
    } catch (JwksEndpoint.Unusable e) {
      say(e.getMessage());
      return false;
    }
  }

  /// Whenever it is something new.
  private void say(@Nullable String reason) {
    String now = String.valueOf(reason);
    if (!now.equals(trouble)) {
      log.warn(
          "The keys of {} cannot be fetched: {}. {}",
          endpoint,
          now,
          keys == null
              ? "Until they can, requests with a token are answered 503"
              : "Tokens are verified with the old ones");
    }
    trouble = now;
  }

  private void rest(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      isFetching = false;
      isWanted = false;
      fetches++;
      lastFetchNanos = System.nanoTime();
      changed.signalAll();
      long left = atMost.toNanos();
      while (!isWanted && left > 0) {
        left = changed.awaitNanos(left);
      }
      isFetching = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long generation() {
    return generation.get();
  }

  @Override
  public void close() {
    closed = true;
    fetcher.interrupt();
    endpoint.close();
  }
}

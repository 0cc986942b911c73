package orders.http.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import orders.http.auth.TokenVerifier.Verified;

/// Tokens that were found to be good, so that the next request with one costs no signature. Keeps
/// their hashes, not themselves. Safe from any thread.
///
/// Two maps of bounded size: what was used since the newer one was begun is in it, and when it is
/// full the older one is dropped.
final class VerifiedTokens {
  private final int half;
  private volatile Map<ByteBuffer, Entry> newer = new ConcurrentHashMap<>();
  private volatile Map<ByteBuffer, Entry> older = new ConcurrentHashMap<>();

  /// @param most how many are kept
  VerifiedTokens(int most) {
    this.half = most / 2;
  }

  private record Entry(Verified verified, long generation) {}

  /// @param generation of the keys, as they are now
  Optional<Verified> find(String token, long generation) {
    ByteBuffer hash = hash(token);
    Entry entry = newer.get(hash);
    if (entry == null) {
      entry = older.get(hash);
      if (entry != null) {
        put(hash, entry);
      }
    }
    return Optional.ofNullable(entry)
        .filter(found -> found.generation == generation)
        .map(Entry::verified);
  }

  /// @param generation of the keys, as they were before it was verified
  void put(String token, Verified verified, long generation) {
    put(hash(token), new Entry(verified, generation));
  }

  private void put(ByteBuffer hash, Entry entry) {
    newer.put(hash, entry);
    if (newer.size() > half) {
      turnOver();
    }
  }

  private synchronized void turnOver() {
    if (newer.size() > half) {
      older = newer;
      newer = new ConcurrentHashMap<>();
    }
  }

  int size() {
    return newer.size() + older.size();
  }

  private static ByteBuffer hash(String token) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

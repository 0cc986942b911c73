package orders.http.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import java.util.Optional;

/// The keys that tokens may be signed with, all of one family of algorithms. Safe from any thread.
public sealed interface TokenKeys extends AutoCloseable permits SharedSecret, RemoteKeys {
  /// What verifies a token with this header; empty if no token with it can be good. Of the header
  /// only `alg` and `kid` are looked at, and nothing that it says is fetched.
  ///
  /// @throws KeysUnavailable if that cannot be known now
  Optional<JWSVerifier> verifierFor(JWSHeader header) throws KeysUnavailable;

  /// Another number whenever keys have changed: what was verified before may not be valid any more.
  long generation();

  /// Ends whatever works in the background.
  @Override
  void close();
}

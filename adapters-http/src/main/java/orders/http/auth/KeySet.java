package orders.http.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The public keys of a JWKS that tokens may be signed with: RS256 and ES256. All others in it are
/// left out.
final class KeySet {
  private static final int MIN_RSA_BITS = 2048;

  private final List<Key> keys;

  private KeySet(List<Key> keys) {
    this.keys = keys;
  }

  /// @param jwk what it was made of
  private record Key(@Nullable String id, JWSAlgorithm algorithm, JWK jwk, JWSVerifier verifier) {}

  /// @throws ParseException if it is no JWKS, or holds no key for either algorithm
  static KeySet parse(byte[] json) throws ParseException {
    List<Key> keys = new ArrayList<>();
    for (JWK jwk : JWKSet.parse(new String(json, UTF_8)).getKeys()) {
      if (isForSignatures(jwk)) {
        key(jwk).ifPresent(keys::add);
      }
    }
    if (keys.isEmpty()) {
      throw new ParseException("there is no key for RS256 or ES256 in it", 0);
    }
    return new KeySet(List.copyOf(keys));
  }

  private static boolean isForSignatures(JWK jwk) {
    return (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
        && (jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
  }

  private static Optional<Key> key(JWK jwk) throws ParseException {
    try {
      return switch (jwk) {
        case RSAKey rsa when isFor(JWSAlgorithm.RS256, jwk) && rsa.size() >= MIN_RSA_BITS ->
            Optional.of(
                new Key(
                    jwk.getKeyID(),
                    JWSAlgorithm.RS256,
                    jwk.toPublicJWK(),
                    new RSASSAVerifier(rsa.toRSAPublicKey())));
        case ECKey ec when isFor(JWSAlgorithm.ES256, jwk) && ec.getCurve().equals(Curve.P_256) ->
            Optional.of(
                new Key(
                    jwk.getKeyID(),
                    JWSAlgorithm.ES256,
                    jwk.toPublicJWK(),
                    new ECDSAVerifier(ec.toECPublicKey())));
        default -> Optional.empty();
      };
    } catch (JOSEException _) {
      throw new ParseException("there is a key in it that is none", 0);
    }
  }

  private static boolean isFor(JWSAlgorithm algorithm, JWK jwk) {
    return jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(algorithm);
  }

  /// A token that names no key can be of the only one for its algorithm, and of no other: trying
  /// all of them would let strangers have a hundred signatures checked with one request.
  Optional<JWSVerifier> verifierFor(JWSHeader header) {
    List<Key> fitting =
        keys.stream()
            .filter(key -> key.algorithm.equals(header.getAlgorithm()))
            .filter(key -> header.getKeyID() == null || header.getKeyID().equals(key.id))
            .toList();
    return header.getKeyID() != null || fitting.size() == 1
        ? fitting.stream().findFirst().map(Key::verifier)
        : Optional.empty();
  }

  boolean hasSameKeysAs(KeySet other) {
    return Objects.equals(
        keys.stream().map(Key::jwk).toList(), other.keys.stream().map(Key::jwk).toList());
  }
}

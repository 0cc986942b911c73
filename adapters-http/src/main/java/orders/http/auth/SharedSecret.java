package orders.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import java.util.Optional;

/// HS256 with one secret.
public final class SharedSecret implements TokenKeys {
  private final JWSVerifier verifier;

  public SharedSecret(TokenSecret secret) {
    try {
      verifier = new MACVerifier(secret.bytes());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a secret for HS256", e);
    }
  }

  @Override
  public Optional<JWSVerifier> verifierFor(JWSHeader header) {
    return JWSAlgorithm.HS256.equals(header.getAlgorithm())
        ? Optional.of(verifier)
        : Optional.empty();
  }

  @Override
  public long generation() {
    return 0;
  }

  @Override
  public void close() {}
}

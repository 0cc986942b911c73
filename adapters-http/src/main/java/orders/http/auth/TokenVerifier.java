package orders.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import java.text.ParseException;
import java.time.Instant;
import java.util.regex.Pattern;
import orders.http.access.Principal;

/// Finds out who a token is for. Safe from any thread.
final class TokenVerifier {
  static final int MAX_LENGTH = 8 * 1024;

  /// Three parts in the alphabet of base64url, the last one too: a token without a signature is
  /// none. The parser alone would skip what is not of the alphabet.
  private static final Pattern FORM = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private final TokenKeys keys;
  private final TokenRules rules;

  TokenVerifier(TokenKeys keys, TokenRules rules) {
    this.keys = keys;
    this.rules = rules;
  }

  /// @param end from then on it is not valid any more
  record Verified(Principal principal, Instant end) {}

  Verified verify(String token, Instant now) throws InvalidToken, KeysUnavailable {
    if (token.length() > MAX_LENGTH || !FORM.matcher(token).matches()) {
      throw new InvalidToken("it is no signed token");
    }
    Claims claims = Claims.parse(signedPayload(token));
    Instant end = claims.end();
    if (!now.isBefore(end)) {
      throw new InvalidToken("it has expired");
    }
    claims.requireBegun(now);
    claims.require(rules);
    return new Verified(claims.principal(), end);
  }

  private byte[] signedPayload(String token) throws InvalidToken, KeysUnavailable {
    try {
      JWSObject object = JWSObject.parse(token);
      // Extensions that must be understood, and are not.
      if (object.getHeader().getCriticalParams() != null) {
        throw new InvalidToken("it has extensions");
      }
      JWSVerifier verifier =
          keys.verifierFor(object.getHeader())
              .orElseThrow(() -> new InvalidToken("no key is for it"));
      if (!object.verify(verifier)) {
        throw new InvalidToken("its signature is wrong");
      }
      return object.getPayload().toBytes();
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException _) {
      throw new InvalidToken("it is no signed token");
    }
  }
}

package orders.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import orders.application.port.Account;
import orders.http.wire.Json;

/// Makes tokens for those who have logged in. Safe from any thread.
public final class TokenIssuer {
  /// Nothing takes a token back before.
  public static final Duration LIFETIME = Duration.ofHours(1);

  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

  private final JWSSigner signer;
  private final TokenRules rules;
  private final InstantSource clock;

  /// @param rules that its tokens keep
  public TokenIssuer(TokenSecret secret, TokenRules rules, InstantSource clock) {
    try {
      this.signer = new MACSigner(secret.bytes());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a secret for HS256", e);
    }
    this.rules = rules;
    this.clock = clock;
  }

  public String issue(Account account) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    rules.issuer().ifPresent(issuer -> claims.put("iss", issuer));
    rules.audience().ifPresent(audience -> claims.put("aud", audience));
    claims.put("sub", account.subject());
    claims.put("role", account.role().word());
    account.merchant().ifPresent(merchant -> claims.put("merchant_id", merchant.value()));
    claims.put("iat", now);
    claims.put("exp", now + LIFETIME.toSeconds());
    var token = new JWSObject(HEADER, new Payload(Json.write(claims)));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("a token cannot be signed", e);
    }
    return token.serialize();
  }
}

package orders.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import orders.http.auth.TokenSecret;
import orders.http.wire.Json;

/// Makes tokens, good and bad ones.
final class Tokens {
  static final TokenSecret SECRET = new TokenSecret("a secret of thirty-two bytes, or more");

  /// The time by which they are good, here and for servers.
  static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private Tokens() {}

  /// Claims that are good for an hour.
  static Map<String, Object> claims(String role, String subject) {
    long now = NOW.getEpochSecond();
    return new LinkedHashMap<>(
        Map.of("sub", subject, "role", role, "iat", now, "exp", now + 3_600));
  }

  static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(claims);
    changed.put(name, value);
    return changed;
  }

  static Map<String, Object> without(Map<String, Object> claims, String name) {
    Map<String, Object> changed = new LinkedHashMap<>(claims);
    changed.remove(name);
    return changed;
  }

  static String hs256(Map<String, Object> claims) {
    return hs256(SECRET.value().getBytes(StandardCharsets.UTF_8), claims);
  }

  static String hs256(byte[] secret, Map<String, Object> claims) {
    return signed(new JWSHeader(JWSAlgorithm.HS256), Json.write(claims), hmac(secret));
  }

  static JWSSigner hmac(byte[] secret) {
    try {
      return new MACSigner(secret);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String signed(JWSHeader header, byte[] payload, JWSSigner signer) {
    try {
      var token = new JWSObject(header, new Payload(payload));
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Nobody has signed it.
  static String unsigned(String header, Map<String, Object> claims) {
    return base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(Json.write(claims)) + ".";
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// A token of somebody.
  static String of(String role, String subject) {
    return hs256(claims(role, subject));
  }

  static String ofMerchant(String subject, String merchant) {
    return hs256(with(claims("merchant", subject), "merchant_id", merchant));
  }
}

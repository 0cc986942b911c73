package orders.http.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;
import orders.application.port.Role;
import orders.domain.MerchantId;
import orders.domain.Text;
import orders.http.access.Principal;
import orders.http.wire.Json;

/// What a token says, once its signature is known to be good.
final class Claims {
  /// How far other clocks may be off.
  static final Duration SKEW = Duration.ofSeconds(30);

  /// Fits, with its role before it, in what is kept of whoever placed an order.
  private static final int MAX_SUBJECT = 200;

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final JsonNode claims;

  private Claims(JsonNode claims) {
    this.claims = claims;
  }

  static Claims parse(byte[] payload) throws InvalidToken {
    try {
      JsonNode claims = Json.read(payload);
      if (claims.isObject()) {
        return new Claims(claims);
      }
    } catch (JsonProcessingException _) {
      // Said below.
    }
    throw new InvalidToken("its claims are no JSON object");
  }

  void require(TokenRules rules) throws InvalidToken {
    if (rules.issuer().isPresent() && !text("iss").equals(rules.issuer())) {
      throw new InvalidToken("it is from another issuer");
    }
    if (rules.audience().isPresent() && !isFor(rules.audience().get())) {
      throw new InvalidToken("it is meant for others");
    }
  }

  private boolean isFor(String audience) {
    JsonNode claim = claims.path("aud");
    return claim.isArray()
        ? StreamSupport.stream(claim.spliterator(), false)
            .anyMatch(one -> one.isTextual() && one.textValue().equals(audience))
        : text("aud").filter(audience::equals).isPresent();
  }

  /// The end of its life, the skew included.
  Instant end() throws InvalidToken {
    return time("exp").orElseThrow(() -> new InvalidToken("it never expires")).plus(SKEW);
  }

  void requireBegun(Instant now) throws InvalidToken {
    for (String claim : new String[] {"nbf", "iat"}) {
      if (time(claim).filter(begin -> begin.minus(SKEW).isAfter(now)).isPresent()) {
        throw new InvalidToken("it is not valid yet");
      }
    }
  }

  /// A number of seconds since 1970; of a fraction only the whole seconds count.
  private Optional<Instant> time(String name) throws InvalidToken {
    if (!claims.has(name)) {
      return Optional.empty();
    }
    JsonNode value = claims.path(name);
    if (!value.isNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > LAST_SECOND) {
      throw new InvalidToken("its " + name + " is no time");
    }
    return Optional.of(Instant.ofEpochSecond(value.longValue()));
  }

  Principal principal() throws InvalidToken {
    Role role =
        text("role").flatMap(Role::parse).orElseThrow(() -> new InvalidToken("it has no role"));
    String subject =
        text("sub")
            .filter(sub -> sub.codePointCount(0, sub.length()) <= MAX_SUBJECT)
            .orElseThrow(() -> new InvalidToken("it has no subject"));
    Optional<MerchantId> merchant = Optional.empty();
    if (role == Role.MERCHANT) {
      merchant = text("merchant_id").map(MerchantId::new);
      if (merchant.isEmpty()) {
        throw new InvalidToken("it is a merchant's, without a merchant_id");
      }
    }
    Principal principal = new Principal(role, subject, merchant);
    if (principal.equals(Principal.ANYBODY)) {
      throw new InvalidToken("it is nobody's in particular");
    }
    return principal;
  }

  /// Empty for whatever is not text as orders have it.
  private Optional<String> text(String name) {
    return Optional.ofNullable(claims.path(name).textValue())
        .filter(text -> Text.flaw(text).isEmpty());
  }
}

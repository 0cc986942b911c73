package orders.http.auth;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orders.http.access.Authentication;
import orders.http.access.Principal;
import orders.http.access.Proof;
import orders.http.auth.TokenVerifier.Verified;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whoever asks says who they are with a signed token, in one `Authorization: Bearer` header.
///
/// Whoever is refused learns that they are, and not why.
public final class BearerAuthentication implements Authentication {
  private static final Logger log = LoggerFactory.getLogger(BearerAuthentication.class);

  /// What a 401 must name.
  public static final String CHALLENGE = "Bearer realm=\"orders\"";

  private static final Pattern SCHEME =
      Pattern.compile("bearer(?: +(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /// At about half a kilobyte each.
  private static final int MAX_REMEMBERED = 10_000;

  private static final int RETRY_SECONDS = 5;

  private final TokenKeys keys;
  private final TokenVerifier verifier;
  private final InstantSource clock;
  private final VerifiedTokens verified = new VerifiedTokens(MAX_REMEMBERED);

  public BearerAuthentication(TokenKeys keys, TokenRules rules, InstantSource clock) {
    this.keys = keys;
    this.verifier = new TokenVerifier(keys, rules);
    this.clock = clock;
  }

  @Override
  public Principal authenticate(Context context) {
    String token = token(context);
    try {
      Instant now = clock.instant();
      Verified verified = verified(token, now);
      Proof.lasts(context, Duration.between(now, verified.end()));
      return verified.principal();
    } catch (InvalidToken e) {
      log.debug("A token was refused: {}", e.getMessage());
      throw invalid(context);
    } catch (KeysUnavailable _) {
      context.header("Retry-After", String.valueOf(RETRY_SECONDS));
      throw new RefusedRequest(
          ProblemType.UNAVAILABLE, "Tokens cannot be verified right now. Nothing was changed.");
    }
  }

  private Verified verified(String token, Instant now) throws InvalidToken, KeysUnavailable {
    if (token.length() > TokenVerifier.MAX_LENGTH) {
      throw new InvalidToken("it is too long");
    }
    long generation = keys.generation();
    Optional<Verified> known =
        verified.find(token, generation).filter(found -> now.isBefore(found.end()));
    if (known.isPresent()) {
      return known.get();
    }
    Verified found = verifier.verify(token, now);
    verified.put(token, found, generation);
    return found;
  }

  private static String token(Context context) {
    List<String> headers = Collections.list(context.req().getHeaders("Authorization"));
    if (headers.size() > 1) {
      throw invalid(context);
    }
    Matcher scheme = SCHEME.matcher(headers.isEmpty() ? "" : headers.getFirst().strip());
    if (!scheme.matches()) {
      context.header("WWW-Authenticate", CHALLENGE);
      throw new RefusedRequest(
          ProblemType.UNAUTHORIZED, "Say who you are: Authorization: Bearer, and a token.");
    }
    return Optional.ofNullable(scheme.group(1)).orElse("");
  }

  private static RefusedRequest invalid(Context context) {
    context.header("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"");
    return new RefusedRequest(ProblemType.UNAUTHORIZED, "The token is not valid.");
  }
}

package orders.http;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import orders.application.port.Role;
import orders.domain.MerchantId;
import orders.http.access.Authentication;
import orders.http.access.Principal;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;

/// Believes whoever says who they are in a header, as `role:subject`; a merchant's subject is the
/// merchant.
final class Asking implements Authentication {
  static final String HEADER = "X-Asking";

  @Override
  public Principal authenticate(Context context) {
    String[] who = Objects.requireNonNullElse(context.header(HEADER), "").split(":", 2);
    if (who.length < 2) {
      context.header("WWW-Authenticate", "Bearer realm=\"orders\"");
      throw new RefusedRequest(ProblemType.UNAUTHORIZED, "Say who you are.");
    }
    Role role = Role.valueOf(who[0].toUpperCase(Locale.ROOT));
    return new Principal(
        role,
        who[1],
        role == Role.MERCHANT ? Optional.of(new MerchantId(who[1])) : Optional.empty());
  }
}

package orders.http.access;

import io.javalin.http.Context;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;

/// Lets through to a route whoever may use it, as often as they may. Safe from any thread.
public final class Gate {
  private final Authentication authentication;
  private final Quota quota;

  public Gate(Authentication authentication, Quota quota) {
    this.authentication = authentication;
    this.quota = quota;
  }

  /// Who asks. On a route for everybody, nobody is asked who they are.
  ///
  /// @throws RefusedRequest if they may not use a route with this rule, or not so often
  public Principal admit(Context context, Access access, Usage usage) {
    return switch (access) {
      case Access.Public _ -> {
        quota.count(context, usage, Principal.ANYBODY);
        yield Principal.ANYBODY;
      }
      case Access.Roles(var roles) -> {
        Principal principal = identified(context);
        quota.count(context, usage, principal);
        if (!roles.contains(principal.role())) {
          throw new RefusedRequest(ProblemType.FORBIDDEN, "This is not for your role.");
        }
        yield principal;
      }
    };
  }

  /// Whoever can say who they are is not held up by what others of their address try.
  private Principal identified(Context context) {
    try {
      return authentication.authenticate(context);
    } catch (RefusedRequest e) {
      if (e.problem().status() == ProblemType.UNAUTHORIZED.status()) {
        quota.countStranger(context);
      }
      throw e;
    }
  }
}

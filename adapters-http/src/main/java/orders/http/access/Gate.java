package orders.http.access;

import io.javalin.http.Context;
import orders.http.wire.ProblemType;
import orders.http.wire.RefusedRequest;

/// Lets through to a route whoever may use it. Safe from any thread.
public final class Gate {
  private final Authentication authentication;

  public Gate(Authentication authentication) {
    this.authentication = authentication;
  }

  /// Who asks. On a route for everybody, nobody is asked who they are.
  ///
  /// @throws RefusedRequest if they may not use a route with this rule
  public Principal admit(Context context, Access access) {
    return switch (access) {
      case Access.Public _ -> Principal.ANYBODY;
      case Access.Roles(var roles) -> {
        Principal principal = authentication.authenticate(context);
        if (!roles.contains(principal.role())) {
          throw new RefusedRequest(ProblemType.FORBIDDEN, "This is not for your role.");
        }
        yield principal;
      }
    };
  }
}

package orders.http.limit;

import io.javalin.http.Context;
import orders.http.access.Principal;

/// Tells whom a request counts against. Safe from any thread.
public final class Holders {
  private final ClientAddress addresses;

  public Holders(ClientAddress addresses) {
    this.addresses = addresses;
  }

  /// @param principal [Principal#ANYBODY] if nobody was asked who they are
  public Holder of(Context context, Principal principal) {
    return principal.equals(Principal.ANYBODY) ? stranger(context) : Holder.Named.of(principal);
  }

  /// Of somebody who could not say who they are.
  public Holder stranger(Context context) {
    return Holder.At.of(addresses.of(context.req()));
  }
}

package orders.http.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import orders.application.port.Role;

/// Who may use a route at all. What they see there is for [Principal#viewer] to say.
public sealed interface Access {
  /// Anybody, without saying who they are.
  record Public() implements Access {}

  /// Principals of these roles.
  record Roles(Set<Role> roles) implements Access {
    public Roles {
      roles = Set.copyOf(roles);
    }
  }

  static Access everybody() {
    return new Public();
  }

  static Access everyRole() {
    return new Roles(EnumSet.allOf(Role.class));
  }

  static Access only(Role... roles) {
    return new Roles(Set.copyOf(Arrays.asList(roles)));
  }
}

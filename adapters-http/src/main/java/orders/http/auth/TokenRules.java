package orders.http.auth;

import java.util.Optional;

/// What a token must say beside who it is for.
///
/// @param issuer that it must be from; absent: any
/// @param audience that it must be meant for, perhaps among others; absent: any
public record TokenRules(Optional<String> issuer, Optional<String> audience) {
  public static final TokenRules NONE = new TokenRules(Optional.empty(), Optional.empty());
}

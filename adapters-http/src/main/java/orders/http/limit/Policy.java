package orders.http.limit;

import java.time.Duration;

/// How many requests of a kind a holder may make. As many may come at once after a time without;
/// spent ones come back evenly, all of them within the window.
///
/// @param name as clients read it
/// @param quota at least 1
/// @param window whole seconds
record Policy(String name, long quota, Duration window) {
  Policy {
    if (quota < 1 || window.toSeconds() < 1) {
      throw new IllegalArgumentException("a policy allows something in some time");
    }
  }

  /// As the `RateLimit-Policy` field has it.
  String field() {
    return '"' + name + "\";q=" + quota + ";w=" + window.toSeconds();
  }

  /// As the `RateLimit` field has what is left.
  String field(long left, long secondsUntilFull) {
    return '"' + name + "\";r=" + left + ";t=" + secondsUntilFull;
  }
}

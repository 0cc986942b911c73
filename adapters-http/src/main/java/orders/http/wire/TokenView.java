package orders.http.wire;

/// What whoever logs in gets, in the names of OAuth 2.
///
/// @param expiresIn seconds
public record TokenView(String token, String tokenType, long expiresIn) {
  /// Without the token, since what is printed ends in logs.
  @Override
  public String toString() {
    return "TokenView[…]";
  }
}

package orders.application.port;

/// What is kept of a password: enough to know it again, and next to nothing for whoever steals it.
///
/// @param value of the one who made it, who alone knows what it means
public record PasswordHash(String value) {
  /// Without the hash, since what is printed ends in logs.
  @Override
  public String toString() {
    return "PasswordHash[…]";
  }
}

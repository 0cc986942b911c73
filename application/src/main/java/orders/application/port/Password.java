package orders.application.port;

/// A password as somebody gave it.
public record Password(String value) {
  /// Of a new one, in characters. An old one that somebody tries may be shorter.
  public static final int MIN_LENGTH = 12;

  /// So that nobody makes the server chew on a book.
  public static final int MAX_LENGTH = 200;

  public Password {
    if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException("a password has at most " + MAX_LENGTH + " characters");
    }
  }

  /// Whether it may become the password of an account.
  public boolean isLongEnough() {
    return value.codePointCount(0, value.length()) >= MIN_LENGTH;
  }

  /// Without the password, since what is printed ends in logs.
  @Override
  public String toString() {
    return "Password[…]";
  }
}

package orders.application.port;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import orders.domain.Text;

/// What somebody calls themselves when they log in. Nobody has checked that it is theirs.
///
/// @param value in lower case, without spaces around it
public record EmailAddress(String value) {
  /// What the mail of this world can carry.
  public static final int MAX_LENGTH = 254;

  private static final Pattern FORM = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");

  public EmailAddress {
    if (!value.equals(normal(value)) || !isSound(value)) {
      throw new IllegalArgumentException("not an address in its normal form");
    }
  }

  /// Whatever is written differently for the same account comes out alike.
  public static Optional<EmailAddress> parse(String text) {
    String normal = normal(text);
    return isSound(normal) ? Optional.of(new EmailAddress(normal)) : Optional.empty();
  }

  private static String normal(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isSound(String text) {
    return Text.flaw(text).isEmpty() && text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
  }

  /// Without the address, which is personal: what is printed ends in logs.
  @Override
  public String toString() {
    return "EmailAddress[…]";
  }
}

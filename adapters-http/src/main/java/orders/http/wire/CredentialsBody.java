package orders.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import orders.application.port.EmailAddress;
import orders.application.port.Password;

/// The body of `POST /auth/login` and of `POST /auth/register`.
public record CredentialsBody(EmailAddress email, Password password) {
  /// @throws RefusedRequest naming every violation at once
  public static CredentialsBody parse(JsonNode body) {
    return parse(body, 1);
  }

  /// The same for a password that is to be kept.
  public static CredentialsBody parseNew(JsonNode body) {
    return parse(body, Password.MIN_LENGTH);
  }

  private static CredentialsBody parse(JsonNode body, int leastCharacters) {
    var violations = new Violations();
    ObjectFields fields = ObjectFields.of(body, violations);
    Optional<EmailAddress> email = email(fields, violations);
    Optional<Password> password = password(fields, violations, leastCharacters);
    fields.refuseOthers();
    if (!violations.isEmpty()) {
      throw violations.asRefusal(ProblemType.INVALID_ACCOUNT);
    }
    return new CredentialsBody(email.orElseThrow(), password.orElseThrow());
  }

  static Optional<EmailAddress> email(ObjectFields fields, Violations violations) {
    return fields
        .requiredText("email", text -> text)
        .flatMap(text -> {
          Optional<EmailAddress> email = EmailAddress.parse(text);
          if (email.isEmpty()) {
            violations.add(
                "/email",
                "must be an email address of at most " + EmailAddress.MAX_LENGTH + " characters");
          }
          return email;
        });
  }

  static Optional<Password> password(ObjectFields fields, Violations violations, int least) {
    return fields
        .requiredText("password", text -> text)
        .filter(text -> {
          int length = text.codePointCount(0, text.length());
          boolean fits = length >= least && length <= Password.MAX_LENGTH;
          if (!fits) {
            violations.add(
                "/password",
                "must have from " + least + " to " + Password.MAX_LENGTH + " characters");
          }
          return fits;
        })
        .map(Password::new);
  }
}

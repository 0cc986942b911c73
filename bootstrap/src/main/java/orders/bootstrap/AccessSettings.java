package orders.bootstrap;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import orders.application.port.EmailAddress;
import orders.application.port.Password;
import orders.http.auth.JwksEndpoint;
import orders.http.auth.TokenRules;
import orders.http.auth.TokenSecret;

/// How clients prove who they are.
sealed interface AccessSettings {
  /// They do not have to: everybody is an operator.
  record Off() implements AccessSettings {}

  /// With tokens signed with a secret. The server makes such tokens itself, for those who have an
  /// account with it.
  record Secret(TokenSecret secret, TokenRules rules, Optional<Operator> operator)
      implements AccessSettings {}

  /// With tokens of an identity provider that shows its keys.
  record Provider(URI keys, TokenRules rules) implements AccessSettings {}

  /// Whose account there always is.
  record Operator(EmailAddress email, Password password) {}

  /// Addresses that nobody but this machine reaches.
  Pattern LOOPBACK =
      Pattern.compile(
          "127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?|localhost", Pattern.CASE_INSENSITIVE);

  static AccessSettings read(SettingsReader reader, String host) {
    String auth = reader.text("auth");
    Optional<TokenSecret> secret = secret(reader);
    Optional<URI> keys = keys(reader);
    boolean isSecret = !reader.text("jwt-secret").isEmpty();
    boolean isProvider = !reader.text("jwks-url").isEmpty();
    TokenRules rules = rules(reader, isSecret || isProvider);
    Optional<Operator> operator = operator(reader, isSecret);
    if (!auth.isEmpty() && !auth.equals("off")) {
      reader.problem("auth", "must be off, or left out");
    }
    if (isSecret && isProvider) {
      reader.problem(
          "jwks-url", "must not be set beside JWT_SECRET: tokens come from one or the other");
    }
    if (auth.equals("off") && (isSecret || isProvider)) {
      reader.problem(
          "auth",
          "must not be off while "
              + (isSecret ? "JWT_SECRET" : "JWKS_URL")
              + " is set: either everybody is asked for a token, or nobody");
    }
    if (auth.isEmpty() && !isSecret && !isProvider && !LOOPBACK.matcher(host).matches()) {
      reader.problem(
          "host",
          "must be 127.0.0.1, or another address of this machine alone, while everybody may do"
              + " everything. Set JWT_SECRET or JWKS_URL to have clients say who they are, or"
              + " AUTH=off if nobody but those you trust can reach the server");
    }
    if (secret.isPresent()) {
      return new Secret(secret.get(), rules, operator);
    }
    return keys.<AccessSettings>map(address -> new Provider(address, rules)).orElseGet(Off::new);
  }

  private static Optional<TokenSecret> secret(SettingsReader reader) {
    String text = reader.text("jwt-secret");
    if (!text.isEmpty() && !TokenSecret.isLongEnough(text)) {
      // Not quoted.
      reader.problem("jwt-secret", "must have at least " + TokenSecret.MIN_BYTES + " bytes");
      return Optional.empty();
    }
    return Optional.of(text).filter(value -> !value.isEmpty()).map(TokenSecret::new);
  }

  private static Optional<URI> keys(SettingsReader reader) {
    String text = reader.text("jwks-url");
    Optional<URI> address = JwksEndpoint.parse(text);
    if (!text.isEmpty() && address.isEmpty()) {
      // Not quoted: it may hold a password.
      reader.problem(
          "jwks-url",
          "must be like https://id.example/.well-known/jwks.json, without a user or a fragment");
    }
    return address;
  }

  private static TokenRules rules(SettingsReader reader, boolean hasTokens) {
    for (String key : new String[] {"jwt-issuer", "jwt-audience"}) {
      if (!hasTokens && !reader.text(key).isEmpty()) {
        reader.problem(key, "must not be set without JWT_SECRET or JWKS_URL");
      }
    }
    return new TokenRules(given(reader, "jwt-issuer"), given(reader, "jwt-audience"));
  }

  private static Optional<Operator> operator(SettingsReader reader, boolean isSecret) {
    Optional<String> email = given(reader, "operator-email");
    Optional<String> password = given(reader, "operator-password");
    if (email.isEmpty() && password.isEmpty()) {
      return Optional.empty();
    }
    if (!isSecret) {
      reader.problem(
          email.isPresent() ? "operator-email" : "operator-password",
          "must not be set without JWT_SECRET: only then there are accounts");
    }
    if (email.isEmpty()) {
      reader.problem("operator-email", "must be set, since OPERATOR_PASSWORD is");
    }
    if (password.isEmpty()) {
      reader.problem("operator-password", "must be set, since OPERATOR_EMAIL is");
    }
    Optional<EmailAddress> address = email.flatMap(EmailAddress::parse);
    if (email.isPresent() && address.isEmpty()) {
      reader.problem("operator-email", "must be an email address");
    }
    Optional<Password> sound = password.flatMap(AccessSettings::password);
    if (password.isPresent() && sound.isEmpty()) {
      reader.problem(
          "operator-password",
          "must have from " + Password.MIN_LENGTH + " to " + Password.MAX_LENGTH + " characters");
    }
    return address.flatMap(is -> sound.map(secret -> new Operator(is, secret)));
  }

  private static Optional<Password> password(String text) {
    return text.codePointCount(0, text.length()) > Password.MAX_LENGTH
        ? Optional.empty()
        : Optional.of(new Password(text)).filter(Password::isLongEnough);
  }

  private static Optional<String> given(SettingsReader reader, String key) {
    return Optional.of(reader.text(key)).filter(text -> !text.isEmpty());
  }
}

package orders.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import orders.application.port.EmailAddress;
import orders.application.port.Password;
import orders.application.port.Role;
import orders.application.usecase.CreateAccount.Request;
import orders.domain.MerchantId;

/// The body of `POST /auth/accounts`.
public final class AccountBody {
  private AccountBody() {}

  /// @throws RefusedRequest naming every violation at once
  public static Request parse(JsonNode body) {
    var violations = new Violations();
    ObjectFields fields = ObjectFields.of(body, violations);
    Optional<EmailAddress> email = CredentialsBody.email(fields, violations);
    Optional<Password> password = CredentialsBody.password(fields, violations, Password.MIN_LENGTH);
    Optional<Role> role =
        fields.requiredText("role", word -> word).flatMap(word -> role(word, violations));
    Optional<MerchantId> merchant = fields.optionalText("merchant_id", MerchantId::new);
    role.ifPresent(is -> {
      if (is == Role.MERCHANT && !fields.has("merchant_id")) {
        violations.add("/merchant_id", "is required for a merchant");
      } else if (is != Role.MERCHANT && fields.has("merchant_id")) {
        violations.add("/merchant_id", "is for merchants only");
      }
    });
    fields.refuseOthers();
    if (!violations.isEmpty()) {
      throw violations.asRefusal(ProblemType.INVALID_ACCOUNT);
    }
    return new Request(email.orElseThrow(), password.orElseThrow(), role.orElseThrow(), merchant);
  }

  private static Optional<Role> role(String word, Violations violations) {
    Optional<Role> role = Role.parse(word);
    if (role.isEmpty()) {
      violations.add(
          "/role",
          "must be one of "
              + Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", ")));
    }
    return role;
  }
}

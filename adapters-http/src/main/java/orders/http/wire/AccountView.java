package orders.http.wire;

import orders.application.port.Account;
import orders.domain.MerchantId;
import org.jspecify.annotations.Nullable;

/// An account as it is shown.
public record AccountView(
    String subject, @Nullable String email, String role, @Nullable String merchantId) {
  public static AccountView of(Account account) {
    return new AccountView(
        account.subject(),
        account.email().value(),
        account.role().word(),
        account.merchant().map(MerchantId::value).orElse(null));
  }
}

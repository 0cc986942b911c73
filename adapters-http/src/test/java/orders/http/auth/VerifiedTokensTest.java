package orders.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import orders.application.port.Role;
import orders.http.access.Principal;
import orders.http.auth.TokenVerifier.Verified;
import org.junit.jupiter.api.Test;

final class VerifiedTokensTest {
  private static final Verified SHOP =
      new Verified(
          new Principal(Role.STOREFRONT, "shop", Optional.empty()),
          Instant.parse("2026-11-21T09:00:00Z"));

  private final VerifiedTokens tokens = new VerifiedTokens(100);

  @Test
  void whatWasVerifiedIsKnownAgain() {
    tokens.put("a", SHOP, 1);
    assertThat(tokens.find("a", 1)).contains(SHOP);
    assertThat(tokens.find("b", 1)).isEmpty();
  }

  @Test
  void itCountsNoMoreOnceTheKeysHaveChanged() {
    tokens.put("a", SHOP, 1);
    assertThat(tokens.find("a", 2)).isEmpty();
  }

  @Test
  void onlySoManyAreKeptAndThoseThatAreUsedStay() {
    tokens.put("used", SHOP, 1);
    for (int i = 0; i < 10_000; i++) {
      tokens.put("token " + i, SHOP, 1);
      assertThat(tokens.find("used", 1)).as("after " + i).isPresent();
    }
    assertThat(tokens.size()).isLessThanOrEqualTo(102);
    assertThat(tokens.find("token 0", 1)).isEmpty();
  }
}

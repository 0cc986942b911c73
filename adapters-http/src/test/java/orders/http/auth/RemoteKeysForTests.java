package orders.http.auth;

import java.net.URI;
import java.time.Duration;

/// Keys that are fetched more often than anybody would want to.
public final class RemoteKeysForTests {
  private RemoteKeysForTests() {}

  public static TokenKeys of(URI address, Duration refresh, Duration retry, Duration again) {
    return new RemoteKeys(
        new JwksEndpoint(address),
        new RemoteKeys.Timing(refresh, retry, again, Duration.ofSeconds(2)));
  }
}

package orders.http.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import orders.application.port.Role;
import orders.http.access.Principal;
import orders.http.limit.Shares.Share;
import orders.http.wire.RefusedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is said to whoever gets no share of what they cannot do without.
final class RefusedSharesTest {
  private final List<Share> taken = new ArrayList<>();
  private Shares shares = streams(OptionalInt.of(2), true);
  private final Javalin javalin =
      Javalin.create(config -> config.routes.get("/{who}", this::take)).start("127.0.0.1", 0);

  @AfterEach
  void stop() {
    javalin.stop();
  }

  /// At most three in all.
  private static Shares streams(OptionalInt each, boolean namesAreKnown) {
    var settings =
        new LimitSettings(RateLimits.ABSENT, each, OptionalInt.empty(), 3, TrustedProxies.NONE);
    return settings.streams(namesAreKnown, new Holders(new ClientAddress(TrustedProxies.NONE)));
  }

  private void take(Context context) {
    String who = context.pathParam("who");
    Principal principal =
        who.equals("anybody")
            ? Principal.ANYBODY
            : new Principal(Role.CUSTOMER, who, Optional.empty());
    try {
      taken.add(shares.takeOrRefuse(context, principal));
    } catch (RefusedRequest e) {
      context.status(e.problem().status());
    }
  }

  private HttpResponse<Void> ask(String who) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + javalin.port() + "/" + who);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
    }
  }

  @Test
  void whoHasAsManyAsTheyMayIsToldSoAndOthersThatThereAreTooMany() throws Exception {
    assertThat(ask("me").statusCode()).isEqualTo(200);
    assertThat(ask("me").statusCode()).isEqualTo(200);
    HttpResponse<Void> own = ask("me");
    assertThat(own.statusCode()).isEqualTo(429);
    assertThat(own.headers().firstValue("Retry-After")).contains("1");
    assertThat(ask("you").statusCode()).isEqualTo(200);
    HttpResponse<Void> all = ask("you");
    assertThat(all.statusCode()).isEqualTo(503);
    assertThat(all.headers().firstValue("Retry-After")).contains("1");
    taken.forEach(Share::close);
    assertThat(ask("me").statusCode()).isEqualTo(200);
  }

  @Test
  void thoseWithoutANameAreCountedByAddressIfAtAll() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(ask("anybody").statusCode()).isEqualTo(200);
    }
    assertThat(ask("anybody").statusCode()).isEqualTo(429);
    shares = streams(OptionalInt.empty(), false);
    for (int i = 0; i < 3; i++) {
      assertThat(ask("anybody").statusCode()).isEqualTo(200);
    }
    assertThat(ask("anybody").statusCode()).isEqualTo(503);
  }
}

package orders.http.auth;

import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where an identity provider shows its public keys.
public final class JwksEndpoint implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int MAX_BYTES = 512 * 1024;

  private final URI address;
  private final Duration atMost;

  /// Follows no redirects: keys come from where the settings say, or from nowhere.
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public JwksEndpoint(URI address) {
    this(address, Duration.ofSeconds(10));
  }

  /// @param atMost what a fetch may take in all
  JwksEndpoint(URI address, Duration atMost) {
    this.address = address;
    this.atMost = atMost;
  }

  /// An address of http or https, without a user and a fragment; empty if `text` is none.
  public static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return isWeb
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && uri.getFragment() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /// The keys, or why there are none, in words for operators and without anything of the answer.
  KeySet fetch() throws Unusable, InterruptedException {
    HttpResponse<byte[]> answer = ask();
    if (answer.statusCode() != 200) {
      throw new Unusable("it answered " + answer.statusCode());
    }
    try {
      return KeySet.parse(answer.body());
    } catch (ParseException | RuntimeException _) {
      throw new Unusable("its answer is not a JWKS with a key for RS256 or ES256");
    }
  }

  private HttpResponse<byte[]> ask() throws Unusable, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(address).header("Accept", "application/json").build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new Unusable(
          e.getCause() instanceof IOException cause
              ? cause.getClass().getSimpleName()
              : "it cannot be asked");
    } catch (TimeoutException _) {
      throw new Unusable("it took longer than " + atMost);
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /// Without a query, which may hold a key to it.
  @Override
  public String toString() {
    return address.getScheme() + "://" + address.getAuthority() + address.getPath();
  }

  /// There are no keys to be had now.
  static final class Unusable extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    Unusable(String reason) {
      super(reason);
    }
  }
}

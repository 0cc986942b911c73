package orders.partners;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;

/// Sends requests to one partner, each bounded in time and in what is read of its answer.
///
/// Safe from any thread; a thread that is interrupted meanwhile gives up at once, and stays
/// interrupted.
final class PartnerConnection {
  static final int MAX_ANSWER_BYTES = 64 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private static final BodyHandler<byte[]> BODY_OF_200 =
      head ->
          head.statusCode() == 200
              ? BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES).apply(head)
              : new DiscardedBody(MAX_ANSWER_BYTES);

  private static final Answer NOT_SECURE = Answer.WentWrong.silence("no secure connection");

  private static final Answer BROKE_OFF =
      Answer.WentWrong.fault("no complete answer of at most " + MAX_ANSWER_BYTES + " bytes");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .executor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory()))
          .build();
  private final AnswerReader reader;
  private final Duration timeout;

  /// @param timeout from connecting to the last byte of the answer
  PartnerConnection(AnswerReader reader, Duration timeout) {
    this.reader = reader;
    this.timeout = timeout;
  }

  Answer send(HttpRequest request) {
    // Not HttpRequest.timeout, which ends with the headers of the answer.
    var begun = new AtomicBoolean();
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(
            request,
            head -> {
              begun.set(true);
              return BODY_OF_200.apply(head);
            });
    try {
      HttpResponse<byte[]> answer = sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return reader.read(answer.statusCode(), answer.headers(), answer.body());
    } catch (TimeoutException _) {
      return Answer.WentWrong.silence("no answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Answer.WentWrong.silence("interrupted");
    } catch (ExecutionException e) {
      return begun.get() && e.getCause() instanceof IOException ? BROKE_OFF : noAnswer(e);
    } finally {
      sent.cancel(true);
    }
  }

  /// In words of ours: what an exception says may name addresses.
  private static Answer noAnswer(ExecutionException e) {
    return switch (e.getCause()) {
      case HttpConnectTimeoutException _ ->
          Answer.WentWrong.silence("no connection within " + CONNECT_TIMEOUT.toMillis() + " ms");
      case ConnectException refused when refused.getCause() instanceof UnresolvedAddressException ->
          Answer.WentWrong.silence("host not found");
      case ConnectException _ -> Answer.WentWrong.silence("connection refused");
      case SSLException _ -> NOT_SECURE;
      // The client wraps it if the connection ended before it had told.
      case IOException wrapper when wrapper.getCause() instanceof SSLException -> NOT_SECURE;
      case IOException _ -> Answer.WentWrong.silence("no answer before the connection ended");
      case null, default -> throw new IllegalStateException("cannot ask a partner", e);
    };
  }

  static HttpRequest.Builder request(URI address, String method, byte[] body) {
    return HttpRequest.newBuilder(address)
        .header("Accept", "application/json")
        .method(
            method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
  }
}

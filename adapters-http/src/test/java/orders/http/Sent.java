package orders.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/// Finds out what the body of a request was.
final class Sent implements Flow.Subscriber<ByteBuffer> {
  private final BodySubscriber<String> text;

  private Sent(BodySubscriber<String> text) {
    this.text = text;
  }

  static String body(HttpRequest request) {
    return request.bodyPublisher().map(Sent::text).orElse("");
  }

  private static String text(BodyPublisher publisher) {
    BodySubscriber<String> text = BodySubscribers.ofString(UTF_8);
    publisher.subscribe(new Sent(text));
    return text.getBody().toCompletableFuture().join();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    text.onSubscribe(subscription);
  }

  @Override
  public void onNext(ByteBuffer piece) {
    text.onNext(List.of(piece));
  }

  @Override
  public void onError(Throwable thrown) {
    text.onError(thrown);
  }

  @Override
  public void onComplete() {
    text.onComplete();
  }
}

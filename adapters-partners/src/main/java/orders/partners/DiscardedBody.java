package orders.partners;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/// What stands in an answer whose status says it all: taken for empty, however much it is.
///
/// Read all the same, within bounds, so that the connection can be used again; beyond them it is
/// given up.
final class DiscardedBody implements BodySubscriber<byte[]> {
  private final CompletableFuture<byte[]> empty = new CompletableFuture<>();
  private long left;
  private @Nullable Subscription rest;

  /// @param most how many bytes are read
  DiscardedBody(long most) {
    this.left = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return empty;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    rest = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> read) {
    left -= read.stream().mapToLong(Buffer::remaining).sum();
    if (left < 0 && rest != null) {
      rest.cancel();
      onComplete();
    }
  }

  @Override
  public void onError(Throwable e) {
    empty.completeExceptionally(e);
  }

  @Override
  public void onComplete() {
    empty.complete(new byte[0]);
  }
}

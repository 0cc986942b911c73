package orders.http.stream;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Duration;
import orders.http.access.Principal;
import orders.http.access.Proof;
import orders.http.jetty.InFlight;
import orders.http.limit.Shares;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that are open on this server. Each has the thread of its request to itself, and none
/// waits for another one; a client that does not read what it is sent is cut as any other is, by
/// whoever looks after the connections. Safe from any thread.
final class Streams {
  private static final Logger log = LoggerFactory.getLogger(Streams.class);

  private final StreamSettings settings;
  private final Shares shares;

  Streams(StreamSettings settings, Shares shares) {
    this.settings = settings;
    this.shares = shares;
  }

  /// What a stream consists of.
  interface Source {
    /// Adds what a client should know before anything happens.
    void addStart(EventStream stream);

    /// Adds what there is next, waiting for it no longer than `atMost`; it may be nothing.
    ///
    /// @return false if that was the last
    /// @throws IOException if there is nobody any more
    boolean addNext(EventStream stream, Duration atMost) throws IOException, InterruptedException;

    /// Adds what keeps a connection alive on which nothing happens.
    void addHeartbeat(EventStream stream);
  }

  /// Answers with a stream, and returns when it has ended or its client has gone.
  ///
  /// @throws orders.http.wire.RefusedRequest if there are too many
  void run(Context context, Principal principal, Source source) throws InterruptedException {
    if (context.method().equals(HandlerType.HEAD)) {
      answerHead(context);
      return;
    }
    try (var _ = shares.takeOrRefuse(context, principal)) {
      InFlight.of(context.req()).leave();
      tell(context, source);
    }
  }

  private static void answerHead(Context context) {
    try {
      EventStream.answerHead(context);
    } catch (IOException e) {
      log.debug("The client of a stream has gone: {}", e.getMessage());
    }
  }

  private void tell(Context context, Source source) throws InterruptedException {
    try {
      tell(EventStream.open(context), source, longest(context));
    } catch (IOException e) {
      log.debug("The client of a stream has gone: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Too late for another answer; the client comes again.
      log.error("A stream failed", e);
    }
  }

  /// Nobody is told of anything any more who could not ask for it.
  private Duration longest(Context context) {
    return Proof.left(context)
        .filter(left -> left.compareTo(settings.longest()) < 0)
        .orElse(settings.longest());
  }

  private void tell(EventStream stream, Source source, Duration longest)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    long sent = began;
    source.addStart(stream);
    stream.send();
    boolean goesOn = true;
    for (Duration rest = longest;
        goesOn && rest.isPositive();
        rest = longest.minusNanos(System.nanoTime() - began)) {
      Duration quiet = Duration.ofNanos(System.nanoTime() - sent);
      Duration left = settings.heartbeat().minus(quiet);
      if (left.isPositive()) {
        goesOn = source.addNext(stream, left.compareTo(rest) < 0 ? left : rest);
      } else {
        source.addHeartbeat(stream);
      }
      if (stream.size() > 0) {
        stream.send();
        sent = System.nanoTime();
      }
    }
  }
}

package orders.faults.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import orders.faults.process.Node;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;

/// Asks a node, logs each request and its answer, and notes down what may never be answered: P7 and
/// P9. Safe from any thread.
final class WatchedNode {
  /// Longer than any answer may take, so that a node that hangs is found out.
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /// What the README allows, and a second for a busy machine.
  private static final Duration BOUND = Duration.ofSeconds(21);

  private static final Duration BOUND_OF_MOVES = Duration.ofSeconds(41);

  private final Node node;
  private final Storefront storefront;
  private final ClientLog log;
  private final Consumer<Violation> violations;

  WatchedNode(Node node, ClientLog log, Consumer<Violation> violations) {
    this.node = node;
    this.storefront = new Storefront(node.address(), PATIENCE);
    this.log = log;
    this.violations = violations;
  }

  /// @return empty if there was no answer
  Optional<Storefront.Answer> place(Wish wish) throws InterruptedException {
    return ask(
        "POST", "/orders", wish, BOUND, () -> storefront.place(wish.sent().toString(), wish.key()));
  }

  /// @return empty if there was no answer
  Optional<Storefront.Answer> read(Wish wish) throws InterruptedException {
    String path = "/orders/" + wish.id().orElseThrow();
    return ask("GET", path, wish, BOUND, () -> storefront.get(path));
  }

  /// @return empty if there was no answer
  Optional<Storefront.Answer> cancel(Wish wish) throws InterruptedException {
    String id = wish.id().orElseThrow();
    return ask(
        "POST", "/orders/" + id + "/cancel", wish, BOUND_OF_MOVES, () -> storefront.cancel(id));
  }

  private interface Request {
    Storefront.Answer send() throws IOException, InterruptedException;
  }

  private Optional<Storefront.Answer> ask(
      String method, String path, Wish wish, Duration bound, Request request)
      throws InterruptedException {
    long n = log.asks(method, path, node.number(), wish.key());
    Instant from = Instant.now();
    try {
      Storefront.Answer answer = request.send();
      Duration took = Duration.between(from, Instant.now());
      log.hears(n, took, answer.status(), answer.text());
      judge(n, answer, from, took, bound);
      return Optional.of(answer);
    } catch (IOException e) {
      Duration took = Duration.between(from, Instant.now());
      log.hearsNothing(n, took, String.valueOf(e));
      Duration away = node.away(from, from.plus(took));
      if (away.isZero()) {
        report(
            Promise.P7,
            n,
            "was not answered by node %d, which was there: %s".formatted(node.number(), e));
      } else {
        judgeTime(n, took, bound, away);
      }
      return Optional.empty();
    }
  }

  private void judge(
      long n, Storefront.Answer answer, Instant from, Duration took, Duration bound) {
    if (answer.status() >= 500 && answer.status() != 503) {
      report(Promise.P9, n, "was answered " + answer.status() + " " + answer.text());
    }
    boolean refused = answer.status() == 503 || answer.status() == 429;
    if (refused && answer.headers().firstValue("Retry-After").isEmpty()) {
      report(Promise.P7, n, "was refused without Retry-After: " + answer.text());
    }
    judgeTime(n, took, bound, node.away(from, from.plus(took)));
  }

  /// The time in which the node was away is given on top, and no more: being away for a moment is
  /// no excuse for hanging after it.
  private void judgeTime(long n, Duration took, Duration bound, Duration away) {
    if (took.minus(away).compareTo(bound) > 0) {
      report(
          Promise.P7,
          n,
          "took %d ms, for %d of which the node was away"
              .formatted(took.toMillis(), away.toMillis()));
    }
  }

  private void report(Promise promise, long n, String what) {
    violations.accept(
        Violation.of(promise, "request %d of the client's log %s".formatted(n, what)));
  }
}

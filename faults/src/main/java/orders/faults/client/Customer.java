package orders.faults.client;

import static orders.faults.client.Wish.Cancel.ACCEPTED;
import static orders.faults.client.Wish.Cancel.REFUSED;
import static orders.faults.client.Wish.Cancel.REFUSED_AFTER_SILENCE;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import orders.faults.process.Patience;
import orders.faults.promise.Promise;
import orders.faults.promise.Violation;

/// Has one wish after another fulfilled by whichever node: places an order and asks until that is
/// acknowledged, reads it back, sends some twice, and cancels some. Notes down what contradicts P5
/// and P6. Belongs to one thread.
final class Customer {
  /// With one order or cancel, over all its tries.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private static final Duration LONGEST_WHILE = Duration.ofMillis(300);
  private static final double SENT_TWICE = 0.1;
  private static final double READ_AGAIN = 0.3;
  private static final double CANCELLED = 0.15;

  private final List<WatchedNode> nodes;
  private final SplittableRandom random;
  private final Tally tally;
  private final Consumer<Violation> violations;

  Customer(
      List<WatchedNode> nodes,
      SplittableRandom random,
      Tally tally,
      Consumer<Violation> violations) {
    this.nodes = nodes;
    this.random = random;
    this.tally = tally;
    this.violations = violations;
  }

  /// Returns once the order is acknowledged and all else of it is known.
  void pursue(Wish wish) throws Exception {
    place(wish);
    read(wish);
    if (random.nextDouble() < SENT_TWICE) {
      sendAgain(wish);
    }
    if (random.nextDouble() < READ_AGAIN) {
      aWhile();
      read(wish);
    }
    if (random.nextDouble() < CANCELLED) {
      aWhile();
      cancel(wish);
      read(wish);
    }
  }

  private void place(Wish wish) throws Exception {
    long start = System.nanoTime();
    while (wish.acknowledged().isEmpty()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(
            "waited in vain for the order of key %s to be taken".formatted(wish.key()));
      }
      Optional<Storefront.Answer> answer = anyNode().place(wish);
      tally.count(answer);
      if (answer.isPresent() && answer.get().status() == 201) {
        wish.acknowledge(answer.get());
      } else {
        answer
            .filter(other -> other.status() != 503)
            .ifPresent(other -> report(Promise.P1, wish, "was refused for no reason: " + other));
        Patience.pause(BETWEEN_TRIES);
      }
    }
  }

  private void sendAgain(Wish wish) throws Exception {
    anyNode()
        .place(wish)
        .filter(answer -> answer.status() != 503)
        .filter(answer -> answer.status() != 201 || !answer.text().equals(wish.answer()))
        .ifPresent(answer -> report(Promise.P6, wish, "was answered differently later: " + answer));
  }

  private void read(Wish wish) throws Exception {
    Optional<Storefront.Answer> answer = anyNode().read(wish).filter(a -> a.status() != 503);
    if (answer.isEmpty()) {
      return;
    }
    JsonNode order = answer.get().body();
    if (answer.get().status() != 200) {
      report(Promise.P5, wish, "could not be read: " + answer.get());
    } else if (!wish.sees(order.get("version").asLong())) {
      report(Promise.P5, wish, "went back to " + order);
    }
  }

  private void cancel(Wish wish) throws Exception {
    boolean silence = false;
    long start = System.nanoTime();
    while (true) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(
            "waited in vain for the cancel of the order of key %s".formatted(wish.key()));
      }
      Optional<Storefront.Answer> answer = anyNode().cancel(wish);
      int status = answer.map(Storefront.Answer::status).orElse(0);
      if (status == 202) {
        JsonNode order = answer.orElseThrow().body();
        if (!wish.sees(order.get("version").asLong())) {
          report(Promise.P5, wish, "went back, when it was cancelled, to " + order);
        }
        wish.cancelled(ACCEPTED);
        return;
      }
      if (status == 409) {
        wish.cancelled(silence ? REFUSED_AFTER_SILENCE : REFUSED);
        return;
      }
      if (status == 404) {
        report(Promise.P5, wish, "could not be found for cancelling it");
        return;
      }
      // A 503 may also mean that nobody knows what came of it.
      silence = true;
      Patience.pause(BETWEEN_TRIES);
    }
  }

  private WatchedNode anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void aWhile() throws Exception {
    Patience.pause(Duration.ofNanos(random.nextLong(LONGEST_WHILE.toNanos())));
  }

  private void report(Promise promise, Wish wish, String what) {
    violations.accept(
        new Violation(promise, wish.id(), "the order of key %s %s".formatted(wish.key(), what)));
  }
}

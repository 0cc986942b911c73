package orders.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/// Answers calls for one step as its behaviour has it. Safe from any thread.
final class Partner {
  private static final int WAIT_SECONDS = 1;

  private final Memory memory;
  private final Decisions decisions;
  private final InstantSource clock;
  private volatile Behaviour behaviour;

  Partner(Memory memory, Decisions decisions, InstantSource clock, Behaviour behaviour) {
    this.memory = memory;
    this.decisions = decisions;
    this.clock = clock;
    this.behaviour = behaviour;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  void behave(Behaviour other) {
    behaviour = other;
  }

  /// Takes its time, then does what is asked, and only then says so.
  ///
  /// @throws IOException if it cannot be remembered; it then was not done
  Response answer(Asked asked) throws IOException, InterruptedException {
    Thread.sleep(behaviour.latencyMs());
    Outcome outcome = memory.remember(asked, known -> decisions.decide(asked, known, behaviour));
    return switch (outcome.answer()) {
      case DONE -> Response.ok(Map.of("result", "done", "reference", reference(asked)));
      case DECLINED ->
          Response.ok(
              Map.of(
                  "result",
                  "declined",
                  "reason",
                  outcome.state() == KeyState.DECLINED ? "simulated decline" : "taken back"));
      case UNDONE -> Response.ok(Map.of("result", "undone"));
      case REFUSED -> Response.ok(Map.of("result", "refused", "reason", "simulated refusal"));
      case WAIT -> Response.ok(Map.of("result", "wait", "until", soon()));
      case BUSY ->
          new Response.Message(
              429, Map.of("error", "simulated rush"), Map.of("Retry-After", "" + WAIT_SECONDS));
      case ERROR -> Response.error(500, "simulated error");
      case LOST -> new Response.None();
    };
  }

  private String soon() {
    return clock.instant().plusSeconds(WAIT_SECONDS).truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /// The same for a key whenever it is asked.
  private static String reference(Asked asked) {
    UUID name = UUID.nameUUIDFromBytes(asked.key().getBytes(UTF_8));
    return asked.step().word().charAt(0) + "-" + name.toString().substring(0, 13);
  }
}

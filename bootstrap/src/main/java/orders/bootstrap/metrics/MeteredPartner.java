package orders.bootstrap.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import orders.application.port.Partner;
import orders.domain.Step;

/// Counts the calls to one partner by what came of them, and how long they took.
final class MeteredPartner implements Partner {
  private enum Outcome {
    DONE,
    DECLINED,
    REFUSED,
    WAIT,
    BUSY,
    NO_ANSWER,
    ERROR
  }

  private final Partner partner;
  private final Meters performs;
  private final Meters undos;

  MeteredPartner(Partner partner, Step step, MeterRegistry registry) {
    this.partner = partner;
    this.performs =
        Meters.of(step, Words.PERFORM, EnumSet.complementOf(EnumSet.of(Outcome.REFUSED)), registry);
    this.undos =
        Meters.of(step, Words.UNDO, EnumSet.complementOf(EnumSet.of(Outcome.DECLINED)), registry);
  }

  @Override
  public Result perform(Call call) {
    return performs.count(() -> partner.perform(call), MeteredPartner::outcome);
  }

  @Override
  public Undo undo(Call call) {
    return undos.count(() -> partner.undo(call), MeteredPartner::outcome);
  }

  private static Outcome outcome(Result result) {
    return switch (result) {
      case Result.Done _ -> Outcome.DONE;
      case Result.Declined _ -> Outcome.DECLINED;
      case Result.Wait _ -> Outcome.WAIT;
      case Result.Retry(_, var trouble, _) -> outcome(trouble);
    };
  }

  private static Outcome outcome(Undo undo) {
    return switch (undo) {
      case Undo.Undone _ -> Outcome.DONE;
      case Undo.Refused _ -> Outcome.REFUSED;
      case Undo.Wait _ -> Outcome.WAIT;
      case Undo.Retry(_, var trouble, _) -> outcome(trouble);
    };
  }

  private static Outcome outcome(Trouble trouble) {
    return switch (trouble) {
      case SILENCE -> Outcome.NO_ANSWER;
      case BUSY -> Outcome.BUSY;
      case FAULT -> Outcome.ERROR;
    };
  }

  private record Meters(Timer duration, Map<Outcome, Counter> outcomes) {
    static Meters of(Step step, String call, Set<Outcome> possible, MeterRegistry registry) {
      Timer duration =
          Timer.builder("orders.partner.call.duration")
              .description("Calls to partners, and how long each took")
              .tag("step", Words.of(step))
              .tag("call", call)
              .serviceLevelObjectives(Buckets.PARTNER)
              .register(registry);
      Function<Outcome, Counter> counter =
          outcome ->
              Counter.builder("orders.partner.calls")
                  .description("Calls to partners by what came of them")
                  .tag("step", Words.of(step))
                  .tag("call", call)
                  .tag("outcome", Words.of(outcome))
                  .register(registry);
      return new Meters(
          duration,
          possible.stream()
              .collect(
                  Collectors.toMap(
                      Function.identity(),
                      counter,
                      (a, _) -> a,
                      () -> new EnumMap<>(Outcome.class))));
    }

    <T> T count(Supplier<T> call, Function<T, Outcome> outcome) {
      long begin = System.nanoTime();
      Outcome cameOf = Outcome.ERROR;
      try {
        T result = call.get();
        cameOf = outcome.apply(result);
        return result;
      } finally {
        duration.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        Objects.requireNonNull(outcomes.get(cameOf)).increment();
      }
    }
  }
}

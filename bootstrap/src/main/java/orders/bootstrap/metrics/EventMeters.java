package orders.bootstrap.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import orders.domain.Fact;
import orders.domain.Step;

/// Counts what became part of orders' histories through this node, in the words of the histories.
final class EventMeters {
  private enum Type {
    PLACED,
    STEP_DONE,
    STEP_FAILED,
    STEP_DECLINED,
    STEP_GIVEN_UP,
    CANCEL_REQUESTED,
    STEP_UNDONE,
    UNDO_FAILED,
    UNDO_GIVEN_UP,
    RETRIED,
    COMPLETED,
    FAILED,
    CANCELLED
  }

  private final Map<Type, Counter> events;
  private final Map<Step, Counter> retries;
  private final Map<Step, Counter> undoRetries;

  EventMeters(MeterRegistry registry) {
    events =
        counters(
            Type.class,
            type ->
                Counter.builder("orders.events")
                    .description("Events that this node added to orders' histories")
                    .tag("type", Words.of(type))
                    .register(registry));
    retries = counters(Step.class, step -> retries(registry, step, Words.PERFORM));
    undoRetries = counters(Step.class, step -> retries(registry, step, Words.UNDO));
  }

  private static Counter retries(MeterRegistry registry, Step step, String call) {
    return Counter.builder("orders.retries")
        .description("Attempts that went wrong and are made again")
        .tag("step", Words.of(step))
        .tag("call", call)
        .register(registry);
  }

  private static <E extends Enum<E>> Map<E, Counter> counters(
      Class<E> type, Function<E, Counter> counter) {
    return Arrays.stream(type.getEnumConstants())
        .collect(
            Collectors.toMap(Function.identity(), counter, (a, _) -> a, () -> new EnumMap<>(type)));
  }

  /// To be called once they are durable.
  void happened(List<Fact> facts) {
    for (Fact fact : facts) {
      happened(fact);
    }
  }

  void happened(Fact fact) {
    switch (fact) {
      case Fact.Placed _ -> count(events, Type.PLACED);
      case Fact.StepDone _ -> count(events, Type.STEP_DONE);
      case Fact.StepFailed failed -> {
        count(events, Type.STEP_FAILED);
        count(retries, failed.step());
      }
      case Fact.StepDeclined _ -> count(events, Type.STEP_DECLINED);
      case Fact.StepGivenUp _ -> count(events, Type.STEP_GIVEN_UP);
      case Fact.CancelRequested _ -> count(events, Type.CANCEL_REQUESTED);
      case Fact.StepUndone _ -> count(events, Type.STEP_UNDONE);
      case Fact.UndoFailed failed -> {
        count(events, Type.UNDO_FAILED);
        count(undoRetries, failed.step());
      }
      case Fact.UndoGivenUp _ -> count(events, Type.UNDO_GIVEN_UP);
      case Fact.Retried _ -> count(events, Type.RETRIED);
      case Fact.Completed _ -> count(events, Type.COMPLETED);
      case Fact.Failed _ -> count(events, Type.FAILED);
      case Fact.Cancelled _ -> count(events, Type.CANCELLED);
    }
  }

  private static <E extends Enum<E>> void count(Map<E, Counter> counters, E which) {
    Objects.requireNonNull(counters.get(which)).increment();
  }
}

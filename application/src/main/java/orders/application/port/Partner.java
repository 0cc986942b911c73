package orders.application.port;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import orders.domain.Order;
import orders.domain.PartnerReference;
import orders.domain.Reason;
import orders.domain.Step;

/// The outside system behind one step.
///
/// Called from many virtual threads at once. A call may block and is interrupted when it takes too
/// long or the server must stop; what came of it is then unknown, and the same call is made again
/// with the same [Call#key()]. An exception counts as [Result.Retry].
///
/// A partner is left alone for as long as it asks to be, up to a day.
public interface Partner {
  /// Asks for the step. However often it is asked under one key, it takes effect at most once, and
  /// a definite answer (done, declined) stays the same.
  Result perform(Call call);

  /// Takes the step back, also when it was never done, or is not known to the partner at all: a
  /// [#perform] under the same key that is still on its way then takes no effect any more.
  Undo undo(Call call);

  /// @param attempt counts from 1 for each step and each undo; not part of the key
  /// @param trace for the partner to go on with
  record Call(Order order, Step step, int attempt, TraceContext trace) {
    /// For an order that was placed without a trace.
    public Call(Order order, Step step, int attempt) {
      this(order, step, attempt, TraceContext.of(order.id()));
    }

    /// The same for every attempt, so that asking again is safe; another one in each round of the
    /// order.
    public String key() {
      String key = order.id() + "/" + step.name().toLowerCase(Locale.ROOT);
      return order.round() == 1 ? key : key + "/" + order.round();
    }
  }

  /// Whose fault it may be that a call went wrong, and with it whether that may end an order's
  /// attempts.
  enum Trouble {
    /// No answer. While the partner answers nobody, it says nothing about the order.
    SILENCE,
    /// The partner has too much to do, whichever order it is asked for.
    BUSY,
    /// An answer to this call, and not one that there should be.
    FAULT
  }

  /// How a step ended.
  sealed interface Result {
    record Done(PartnerReference partnerReference) implements Result {}

    /// The partner said no: undo, and fail the order.
    record Declined(Reason reason) implements Result {}

    /// It went wrong, or nobody knows: back off and ask again.
    ///
    /// @param notBefore how long the partner wants to be left alone, if it said so
    record Retry(Reason reason, Trouble trouble, Optional<Duration> notBefore) implements Result {
      public Retry(Reason reason, Trouble trouble) {
        this(reason, trouble, Optional.empty());
      }
    }

    /// Not yet: come back after `delay`; counts as no attempt.
    record Wait(Duration delay) implements Result {}
  }

  /// How an undo ended.
  sealed interface Undo {
    record Undone() implements Undo {}

    /// It went wrong, or nobody knows: back off and ask again.
    ///
    /// @param notBefore how long the partner wants to be left alone, if it said so
    record Retry(Reason reason, Trouble trouble, Optional<Duration> notBefore) implements Undo {
      public Retry(Reason reason, Trouble trouble) {
        this(reason, trouble, Optional.empty());
      }
    }

    /// Not yet: come back after `delay`; counts as no attempt.
    record Wait(Duration delay) implements Undo {}

    /// The partner will not take it back, however often it is asked: somebody must see to it.
    record Refused(Reason reason) implements Undo {}
  }
}

package orders.partners;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import orders.application.port.Partner;
import orders.domain.PartnerReference;
import orders.domain.Reason;

/// A partner inside this process that takes its time, says no, or breaks, as often as it is told.
///
/// Its answers follow from the call alone, so that the same call gives the same answer on any node
/// and after any restart: whether it declines from the key, whether it breaks from the key and the
/// attempt (a broken call may work when repeated). It remembers nothing and has no effect, so there
/// is nothing to take back.
public final class SimulatedPartner implements Partner {
  /// @param latency how long a call takes
  /// @param declineRate the share of keys that are declined, 0 to 1
  /// @param errorRate the share of calls, undo included, that break, 0 to 1
  public record Behaviour(Duration latency, double declineRate, double errorRate) {
    public Behaviour {
      if (latency.isNegative()) {
        throw new IllegalArgumentException("latency must not be negative");
      }
      if (!(declineRate >= 0 && declineRate <= 1 && errorRate >= 0 && errorRate <= 1)) {
        throw new IllegalArgumentException("rates must be from 0 to 1");
      }
    }
  }

  private final Behaviour behaviour;

  public SimulatedPartner(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  @Override
  public Result perform(Call call) {
    if (!takeTime()) {
      return new Result.Retry(Reason.of("interrupted"), Trouble.SILENCE);
    }
    if (draw(call.key() + "#" + call.attempt()) < behaviour.errorRate()) {
      return new Result.Retry(Reason.of("simulated error"), Trouble.FAULT);
    }
    if (draw(call.key()) < behaviour.declineRate()) {
      return new Result.Declined(Reason.of("simulated decline"));
    }
    return new Result.Done(new PartnerReference(reference(call)));
  }

  @Override
  public Undo undo(Call call) {
    if (!takeTime()) {
      return new Undo.Retry(Reason.of("interrupted"), Trouble.SILENCE);
    }
    return draw(call.key() + "#undo" + call.attempt()) < behaviour.errorRate()
        ? new Undo.Retry(Reason.of("simulated error"), Trouble.FAULT)
        : new Undo.Undone();
  }

  private static String reference(Call call) {
    String initial = call.step().name().substring(0, 1).toLowerCase(Locale.ROOT);
    return initial + "-" + Integer.toHexString(call.key().hashCode());
  }

  /// A number from 0 to 1 that depends on `text` alone.
  private static double draw(String text) {
    long seed = 0;
    for (int i = 0; i < text.length(); i++) {
      seed = seed * 1_000_003 + text.charAt(i);
    }
    return new SplittableRandom(seed).nextDouble();
  }

  private boolean takeTime() {
    try {
      Thread.sleep(behaviour.latency());
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

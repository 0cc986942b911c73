package orders.application.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import orders.application.port.Partner;
import orders.application.port.Partner.Trouble;
import orders.domain.OrderId;
import orders.domain.PartnerReference;
import orders.domain.Reason;
import orders.domain.Step;

/// The partner of all steps, as it should be: one effect for each key, which an undo takes back for
/// good, also before it came. And as partners are: slow, busy, broken, and out for a while.
final class LedgerPartner implements Partner {
  private static final Reason BROKEN = Reason.of("broken");

  private enum Entry {
    DONE,
    DECLINED,
    UNDONE
  }

  private record Account(OrderId order, Step step, String key) {}

  private final Simulator simulator;
  private final Network network;
  private final Map<Account, Entry> ledger = new LinkedHashMap<>();
  private final Set<String> refusedOnce = new TreeSet<>();
  private double trouble;
  private boolean out;

  LedgerPartner(Simulator simulator, Network network) {
    this.simulator = simulator;
    this.network = network;
  }

  /// @param share of calls that go wrong in one way or another, 0 to 1
  void cause(double share) {
    trouble = share;
  }

  void setOut(boolean out) {
    this.out = out;
  }

  @Override
  public Result perform(Call call) {
    return network
        .toPartner(() -> answer(call))
        .orElseGet(() -> new Result.Retry(Reason.of("interrupted"), Trouble.SILENCE));
  }

  @Override
  public Undo undo(Call call) {
    return network
        .toPartner(() -> answerUndo(call))
        .orElseGet(() -> new Undo.Retry(Reason.of("interrupted"), Trouble.SILENCE));
  }

  private Result answer(Call call) {
    SplittableRandom random = simulator.random();
    if (out) {
      return new Result.Retry(Reason.of("out of order"), Trouble.SILENCE);
    }
    if (random.nextDouble() < trouble) {
      return switch (random.nextInt(3)) {
        case 0 -> new Result.Retry(BROKEN, Trouble.SILENCE);
        case 1 -> new Result.Wait(Duration.ofMillis(random.nextLong(800)));
        default -> brokenAfter(() -> take(call), new Result.Retry(BROKEN, Trouble.SILENCE));
      };
    }
    return take(call);
  }

  private Result take(Call call) {
    return switch (ledger.computeIfAbsent(account(call), _ -> decide(call))) {
      case DONE -> new Result.Done(new PartnerReference(call.key()));
      case DECLINED, UNDONE -> new Result.Declined(Reason.of("no"));
    };
  }

  private Entry decide(Call call) {
    if (simulator.random().nextInt(12) == 0) {
      return Entry.DECLINED;
    }
    boolean doneBefore =
        ledger.entrySet().stream()
            .anyMatch(entry ->
                entry.getValue() == Entry.DONE
                    && entry.getKey().order().equals(call.order().id())
                    && entry.getKey().step() == call.step());
    if (doneBefore) {
      throw new AssertionError("P4: a second effect of " + call.key());
    }
    return Entry.DONE;
  }

  private Undo answerUndo(Call call) {
    SplittableRandom random = simulator.random();
    if (out) {
      return new Undo.Retry(Reason.of("out of order"), Trouble.SILENCE);
    }
    if (random.nextDouble() < trouble) {
      return switch (random.nextInt(4)) {
        case 0 -> new Undo.Retry(BROKEN, Trouble.SILENCE);
        case 1 -> new Undo.Wait(Duration.ofMillis(random.nextLong(800)));
        case 2 -> brokenAfter(() -> takeBack(call), new Undo.Retry(BROKEN, Trouble.SILENCE));
        default ->
            refusedOnce.add(call.key()) ? new Undo.Refused(Reason.of("too late")) : takeBack(call);
      };
    }
    return takeBack(call);
  }

  private Undo takeBack(Call call) {
    ledger.put(account(call), Entry.UNDONE);
    return new Undo.Undone();
  }

  private static <T> T brokenAfter(Supplier<T> effect, T answer) {
    var _ = effect.get();
    return answer;
  }

  private static Account account(Call call) {
    return new Account(call.order().id(), call.step(), call.key());
  }

  /// The keys under which something is done for `order` and not undone.
  List<String> held(OrderId order) {
    return ledger.entrySet().stream()
        .filter(entry -> entry.getKey().order().equals(order) && entry.getValue() == Entry.DONE)
        .map(entry -> entry.getKey().key())
        .collect(Collectors.toList());
  }
}

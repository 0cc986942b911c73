package orders.simulator;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import orders.simulator.Asked.Money;
import org.jspecify.annotations.Nullable;

/// What the partners hold, as it is shown.
final class Ledger {
  private Ledger() {}

  record Sums(long held, long undone, long declined, long tombstones) {
    private static Sums of(List<KeyHistory> keys) {
      return new Sums(
          count(keys, KeyState.HELD),
          count(keys, KeyState.UNDONE),
          count(keys, KeyState.DECLINED),
          count(keys, KeyState.TOMBSTONE));
    }

    private static long count(List<KeyHistory> keys, KeyState state) {
      return keys.stream().filter(key -> key.state() == state).count();
    }
  }

  /// Of payment alone.
  record SumsOfMoney(
      long held, long undone, long declined, long tombstones, Map<String, BigInteger> moneyHeld) {}

  record Line(Step step, int round, KeyState state) {
    private static @Nullable Line of(KeyHistory key) {
      KeyState state = key.state();
      return state == null ? null : new Line(key.step(), key.round(), state);
    }
  }

  /// By step.
  static Map<String, Object> of(List<KeyHistory> all) {
    Map<String, Object> ledger = new LinkedHashMap<>();
    for (Step step : Step.values()) {
      List<KeyHistory> keys = all.stream().filter(key -> key.step() == step).toList();
      Sums sums = Sums.of(keys);
      ledger.put(
          step.word(),
          switch (step) {
            case CONFIRMATION, DELIVERY -> sums;
            case PAYMENT ->
                new SumsOfMoney(
                    sums.held(),
                    sums.undone(),
                    sums.declined(),
                    sums.tombstones(),
                    moneyHeld(keys));
          });
    }
    return ledger;
  }

  private static Map<String, BigInteger> moneyHeld(List<KeyHistory> keys) {
    Map<String, BigInteger> held = new TreeMap<>();
    for (KeyHistory key : keys) {
      Money money = key.money();
      if (key.state() == KeyState.HELD && money != null) {
        held.merge(money.currency(), BigInteger.valueOf(money.total()), BigInteger::add);
      }
    }
    return held;
  }

  static List<Line> ofOrder(List<KeyHistory> keys) {
    return keys.stream().map(Line::of).filter(Objects::nonNull).toList();
  }
}

package orders.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All calls there ever were, and what became of their keys. Safe from any thread.
final class Memory implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final InstantSource clock;
  private final List<Call> calls = new ArrayList<>();

  /// By order and key.
  private final Map<String, Map<String, KeyHistory>> orders = new LinkedHashMap<>();

  private @Nullable Journal journal;

  private Memory(InstantSource clock) {
    this.clock = clock;
  }

  /// @param path of the journal that it remembers by; absent, to forget all at the end
  /// @throws IOException if the journal cannot be opened
  static Memory open(Optional<Path> path, InstantSource clock) throws IOException {
    Memory memory = new Memory(clock);
    if (path.isPresent()) {
      memory.journal = Journal.open(path.get(), memory::apply);
    }
    return memory;
  }

  /// Has a call decided on, and returns once that is remembered. All in one: between what the
  /// decision is based on and its effect, there is no other.
  ///
  /// @throws IOException if it cannot be remembered; it then did not happen
  Outcome remember(Asked asked, Function<KeyHistory, Outcome> decision) throws IOException {
    lock.lock();
    try {
      KeyHistory known =
          keysOf(asked.orderId())
              .getOrDefault(asked.key(), KeyHistory.of(asked.step(), asked.round()));
      Outcome outcome = decision.apply(known);
      Entry entry = new Entry(call(asked, outcome), outcome.state(), asked.money());
      if (journal != null) {
        journal.append(entry);
      }
      apply(entry);
      return outcome;
    } finally {
      lock.unlock();
    }
  }

  private Call call(Asked asked, Outcome outcome) {
    return new Call(
        calls.size() + 1L,
        clock.instant().truncatedTo(ChronoUnit.MICROS).toString(),
        asked.method(),
        asked.step(),
        asked.orderId(),
        asked.round(),
        asked.key(),
        asked.attempt(),
        outcome.answer(),
        outcome.effect(),
        asked.traceparent());
  }

  private void apply(Entry entry) {
    Call call = entry.call();
    calls.add(call);
    Map<String, KeyHistory> keys =
        orders.computeIfAbsent(call.orderId(), _ -> new LinkedHashMap<>());
    KeyHistory known = keys.getOrDefault(call.key(), KeyHistory.of(call.step(), call.round()));
    keys.put(call.key(), known.after(entry));
  }

  private Map<String, KeyHistory> keysOf(String orderId) {
    return orders.getOrDefault(orderId, Map.of());
  }

  /// The calls numbered from `after + 1`, in order.
  List<Call> callsAfter(long after) {
    lock.lock();
    try {
      int from = (int) Math.min(after, calls.size());
      return List.copyOf(calls.subList(from, calls.size()));
    } finally {
      lock.unlock();
    }
  }

  /// What is known of an order, in the order in which its keys first came; nothing of one that
  /// never did.
  List<KeyHistory> ofOrder(String orderId) {
    lock.lock();
    try {
      return List.copyOf(keysOf(orderId).values());
    } finally {
      lock.unlock();
    }
  }

  List<KeyHistory> all() {
    lock.lock();
    try {
      return orders.values().stream().flatMap(keys -> keys.values().stream()).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (journal != null) {
        journal.close();
      }
    } finally {
      lock.unlock();
    }
  }
}

package orders.postgres;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import orders.domain.OrderId;

/// Changes that are made to one row each, those of many callers in one commit.
///
/// Made together they wait for nobody: a row that somebody keeps locked must not keep the others.
/// What was passed over is tried again alone, and waits then. Safe from any thread; each call
/// blocks until its change is durable.
///
/// @param <I> what is to be changed
/// @param <O> what came of it
final class SharedChanges<I, O> {
  /// Makes changes, in one statement.
  interface Statement<I, O> {
    /// @return what came of each that was made
    Map<OrderId, O> run(String sql, List<I> items);
  }

  private final String alone;
  private final Statement<I, O> statement;
  private final GroupCommit<I, Optional<O>> together;

  /// @param name of the threads that write
  /// @param sql with `%s` where rows are locked
  SharedChanges(
      Commits commits,
      String name,
      String sql,
      Function<I, OrderId> order,
      Statement<I, O> statement) {
    this.alone = sql.formatted("");
    this.statement = statement;
    String manyAtOnce = sql.formatted("skip locked");
    this.together =
        commits.share(
            name,
            order,
            items -> {
              Map<OrderId, O> outcomes = statement.run(manyAtOnce, items);
              return items.stream()
                  .map(item -> Optional.ofNullable(outcomes.get(order.apply(item))))
                  .toList();
            });
  }

  /// @return empty if nothing was changed
  Optional<O> make(I change) {
    return together
        .write(change)
        .or(() -> statement.run(alone, List.of(change)).values().stream().findFirst());
  }
}

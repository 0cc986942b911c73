package orders.postgres;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import orders.application.port.StoreUnavailable;
import orders.application.port.StoreUnavailable.Effect;
import orders.domain.OrderId;

/// Changes that are made to one row each, those of many callers in one commit.
///
/// A row that somebody else keeps locked must not keep the others. The database tells soon that
/// there is one, and then the rows that are free are locked first and only those changed: not
/// always, since to lock a row is to write it once more. What was passed over is tried again alone,
/// and waits then. Safe from any thread; each call blocks until its change is durable.
///
/// @param <I> what is to be changed
/// @param <O> what came of it
final class SharedChanges<I, O> {
  /// Makes changes, in one statement.
  interface Statement<I, O> {
    /// @return what came of each that was made
    Map<OrderId, O> run(Statements statements, String sql, List<I> items);
  }

  private static final String ALL =
      """
      select a.order_id
      from unnest(?::uuid[]) as a (order_id)
      """;

  private final Commits commits;
  private final String all;
  private final String free;
  private final Statement<I, O> statement;
  private final Function<I, OrderId> order;
  private final GroupCommit<I, Optional<O>> together;

  /// @param name of the threads that write
  /// @param table whose rows are changed
  /// @param sql with `%s` for the query of the orders to change, which has their ids as parameter
  SharedChanges(
      Commits commits,
      String name,
      String table,
      String sql,
      Function<I, OrderId> order,
      Statement<I, O> statement) {
    this.commits = commits;
    this.all = all(sql);
    this.free = free(sql, table);
    this.statement = statement;
    this.order = order;
    this.together = commits.share(name, order, this::makeTogether);
  }

  /// The statement for orders of whom none is expected to be locked; it waits where one is.
  static String all(String sql) {
    return sql.formatted(ALL);
  }

  /// The same that passes over those whose row in `table` somebody keeps locked.
  static String free(String sql, String table) {
    return sql.formatted(
        """
        select t.order_id
        from %s t
        where t.order_id = any (?::uuid[])
        order by t.order_id
        for update skip locked
        """
            .formatted(table));
  }

  /// @return empty if nothing was changed
  Optional<O> make(I change) {
    return together.write(change).or(() -> makeAlone(change));
  }

  /// As many calls at the same moment. What somebody keeps locked is waited for once, all of it
  /// together, and left as it is after that.
  void makeAll(List<I> changes) {
    List<I> left = leftTogether(changes);
    if (left.isEmpty()) {
      return;
    }
    try {
      var _ = statement.run(commits.patient(), all, left);
    } catch (StoreUnavailable e) {
      if (e.effect() != Effect.NONE) {
        throw e;
      }
      var _ = statement.run(commits.patient(), free, left);
    }
  }

  private List<I> leftTogether(List<I> changes) {
    try {
      List<Optional<O>> outcomes = together.writeAll(changes);
      return IntStream.range(0, changes.size())
          .filter(i -> outcomes.get(i).isEmpty())
          .mapToObj(changes::get)
          .toList();
    } catch (StoreUnavailable e) {
      if (!Collision.isHeld(e)) {
        throw e;
      }
      return changes;
    }
  }

  private List<Optional<O>> makeTogether(List<I> changes) {
    Map<OrderId, O> outcomes;
    try {
      outcomes = statement.run(commits.hasty(), all, changes);
    } catch (StoreUnavailable e) {
      if (!Collision.isHeld(e)) {
        throw e;
      }
      outcomes = statement.run(commits.hasty(), free, changes);
    }
    return outcomesOf(changes, outcomes);
  }

  private List<Optional<O>> outcomesOf(List<I> changes, Map<OrderId, O> outcomes) {
    return changes.stream()
        .map(change -> Optional.ofNullable(outcomes.get(order.apply(change))))
        .toList();
  }

  private Optional<O> makeAlone(I change) {
    return statement.run(commits.patient(), all, List.of(change)).values().stream().findFirst();
  }
}

package orders.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/// Lets writes of one kind each share commits, until it is closed. Safe from any thread.
final class Commits implements AutoCloseable {
  private final Sharing sharing;
  private final int calls;
  private final Duration patience;
  private final Statements hasty;
  private final Statements patient;
  private final CommitMonitor monitor;
  private final Queue<GroupCommit<?, ?>> kinds = new ConcurrentLinkedQueue<>();

  /// @param calls how many of one kind may be inside at once
  /// @param patience how long one may wait until its commit begins
  /// @param hasty statements that do not wait long for rows that others hold
  /// @param patient statements that do
  Commits(
      Sharing sharing,
      int calls,
      Duration patience,
      Statements hasty,
      Statements patient,
      CommitMonitor monitor) {
    this.sharing = sharing;
    this.calls = calls;
    this.patience = patience;
    this.hasty = hasty;
    this.patient = patient;
    this.monitor = monitor;
  }

  Statements hasty() {
    return hasty;
  }

  Statements patient() {
    return patient;
  }

  /// @param kind names the threads that write
  /// @param subject what an item is about: two about the same never share a commit
  <I, O> GroupCommit<I, O> share(
      String kind, Function<I, ?> subject, GroupCommit.Batch<I, O> batch) {
    return add(new GroupCommit<>(kind, sharing, calls, patience, subject, observed(kind, batch)));
  }

  /// For what might keep others waiting if it shared a commit: each has one of its own, and all of
  /// them no more connections at a time than [#share] has.
  ///
  /// @param kind names the threads that write
  <I, O> GroupCommit<I, O> oneByOne(String kind, Function<I, O> write) {
    var alone = new Sharing(sharing.writers(), 1, 1);
    return add(
        new GroupCommit<>(
            kind,
            alone,
            calls,
            patience,
            item -> item,
            observed(kind, items -> items.stream().map(write).toList())));
  }

  private <I, O> GroupCommit.Batch<I, O> observed(String name, GroupCommit.Batch<I, O> batch) {
    CommitMonitor.Kind kind = monitor.kind(name);
    return items -> {
      long begin = System.nanoTime();
      List<O> outcomes = batch.write(items);
      kind.committed(items.size(), System.nanoTime() - begin);
      return outcomes;
    };
  }

  private <I, O> GroupCommit<I, O> add(GroupCommit<I, O> commits) {
    kinds.add(commits);
    return commits;
  }

  /// Refuses further writes, and returns when those that waited were answered.
  @Override
  public void close() {
    kinds.forEach(GroupCommit::close);
  }
}

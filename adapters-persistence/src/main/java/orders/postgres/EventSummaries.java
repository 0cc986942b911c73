package orders.postgres;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import orders.application.port.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sums up the pages of events that have filled, so that who looks for the newest need not read
/// them: what autovacuum would do, but only once a fifth of the table is new.
///
/// Any number of nodes may do so. Safe from any thread.
final class EventSummaries {
  /// A range that is summed up costs each later write a little: the last ones may still have room.
  ///
  /// The ranges are those of the index; to sum one up again does nothing, in some microseconds.
  private static final String SUM_UP =
      """
      with pages as materialized (
        select pg_relation_size('events') / current_setting('block_size')::integer as count
      ),
      done as materialized (
        select page, brin_summarize_range('events_by_time', page) as ranges
        from pages p
        cross join generate_series(least(?::bigint, p.count / 64 * 64), p.count - 2 * 64, 64)
          as s (page)
        limit 256
      )
      select coalesce(max(page) + 64, least(?::bigint, (select count / 64 * 64 from pages))) as next
      from done
      """;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(EventSummaries.class);

  private final Statements statements;
  private final ReentrantLock turn = new ReentrantLock();
  private long nextPage;
  private boolean refused;
  private long doneAt = System.nanoTime() - PAUSE.toNanos();

  EventSummaries(Statements statements) {
    this.statements = statements;
  }

  /// Sums up some of what is new, unless that was just done or somebody is at it.
  void refresh() {
    if (turn.tryLock()) {
      try {
        if (System.nanoTime() - doneAt >= PAUSE.toNanos()) {
          sumUp();
          doneAt = System.nanoTime();
        }
      } finally {
        turn.unlock();
      }
    }
  }

  /// Without it, reading takes longer, and that is all: a vacuum of the table goes first.
  private void sumUp() {
    try {
      List<Long> next =
          statements.query(
              SUM_UP,
              parameters -> {
                parameters.bigint(nextPage);
                parameters.bigint(nextPage);
              },
              row -> row.getLong("next"));
      nextPage = next.getFirst();
    } catch (StoreUnavailable e) {
      log.debug("Could not sum up events: {}", e.getMessage());
    } catch (IllegalStateException e) {
      // As where the schema belongs to another role.
      if (!refused) {
        refused = true;
        log.warn("Events cannot be summed up, and to follow all of them takes longer", e);
      }
    }
  }
}

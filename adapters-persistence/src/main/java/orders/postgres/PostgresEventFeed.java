package orders.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import orders.application.port.EventFeed;
import orders.application.port.FeedEvent;
import orders.application.port.FeedPosition;
import orders.application.port.Parties;
import orders.application.port.PlacedBy;
import orders.domain.CustomerId;
import orders.domain.MerchantId;
import orders.domain.OrderId;

/// The events of one database in the order in which the transactions that wrote them took their
/// numbers, up to the oldest one that is still open: there is nothing more to come before that.
///
/// No index knows the number of a row's transaction, but it is close to its time. An event is dated
/// when its statement begins, and the statement takes its number before it is over: the two are no
/// further apart than a statement may take. So what the transactions from some number on wrote is
/// looked for from the time on at which that number was not taken yet, less that much.
///
/// Numbers on pages have 32 bits, of which the time makes the right 64. Safe from any thread.
public final class PostgresEventFeed implements EventFeed {
  /// The upper end of a snapshot is behind what was decided last; what began after that may be
  /// open. The age of a number tells the next one there is. It is read after the statement began,
  /// whose time this is.
  private static final String STATE =
      """
      select
        pg_snapshot_xmin(s)::text::bigint as open,
        pg_snapshot_xmin(s)::text::bigint + age(pg_snapshot_xmin(s)::xid) as next,
        now() as at
      from pg_current_snapshot() s
      """;

  static final String READ =
      """
      with latest as materialized (
        select ?::bigint + age(?::text::xid8::xid) as turn
      ),
      page as materialized (
        select
          l.turn - age(e.xmin) as turn, e.order_id, e.seq, e.at, e.type, e.step, e.attempt,
          e.partner_reference, e.reason
        from latest l
        cross join events e
        where e.at >= ? and e.at < ? and l.turn - age(e.xmin) < ?
          and (l.turn - age(e.xmin), e.order_id, e.seq) > (?, ?, ?)
        order by 1, e.order_id, e.seq
        limit ?
      )
      select p.*, o.customer_id, o.merchant_id, o.placed_by
      from page p
      cross join lateral (select * from orders o where o.id = p.order_id limit 1) o
      order by p.turn, p.order_id, p.seq
      """;

  /// The last transaction that wrote events of a time.
  private static final String REACH =
      """
      with latest as materialized (
        select ?::bigint + age(?::text::xid8::xid) as turn
      )
      select max(l.turn - age(e.xmin)) as turn
      from latest l
      cross join events e
      where e.at >= ? and e.at < ? and l.turn - age(e.xmin) < ?
      """;

  /// Of what is older than that, no more is looked at in one statement.
  private static final Duration SLICE = Duration.ofMinutes(1);

  /// For the end of what is being written.
  private static final int LOOKS = 20;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private final Statements statements;
  private final EventSummaries summaries;
  private final TurnTimes times = new TurnTimes();

  /// How far the time of an event and that of its transaction's number can be apart.
  private final Duration spread;

  public PostgresEventFeed(PostgresDatabase database) {
    this.statements = database.feed();
    this.summaries = new EventSummaries(statements);
    this.spread = database.statementTimeout().plusSeconds(1);
  }

  /// @param open the oldest transaction that is not decided
  private record State(long open, long next, Instant at) {
    static State read(ResultSet row) throws SQLException {
      return new State(row.getLong("open"), row.getLong("next"), OrderRows.time(row, "at"));
    }
  }

  /// How far back the end says to look is how long all who read from there look at least. So if it
  /// would be long, only because something is being written that was begun a moment ago, that is
  /// waited for.
  @Override
  public FeedPosition end() {
    State now = state();
    for (int i = 0; i < LOOKS && isLongAgo(times.since(now.open()), now.at()); i++) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      now = state();
    }
    return end(now);
  }

  private static boolean isLongAgo(Instant begin, Instant now) {
    return begin.isBefore(now.minusSeconds(2));
  }

  @Override
  public Page read(FeedPosition after, int max) {
    summaries.refresh();
    State now = state();
    Duration lag = Duration.between(times.noticed(now.open()), now.at());
    if (after.turn() >= now.open()) {
      FeedPosition end = end(now);
      return new Page(List.of(), end.compareTo(after) < 0 ? after : end, true, lag);
    }
    return after.since().isBefore(now.at().minus(SLICE))
        ? readSlice(after, max, now, lag)
        : readAll(after, max, now, lag);
  }

  private State state() {
    State state = statements.query(STATE, _ -> {}, State::read).getFirst();
    times.notice(state.at(), state.next(), state.open());
    return state;
  }

  private FeedPosition end(State now) {
    return FeedPosition.before(times.since(now.open()).minus(spread), now.open());
  }

  private Page readAll(FeedPosition after, int max, State now, Duration lag) {
    List<FeedEvent> events = read(after, Instant.MAX, now, now.open(), max);
    boolean isLast = events.size() < max;
    return new Page(events, isLast ? end(now) : behind(events, after), isLast, lag);
  }

  /// Reads up to the last transaction of the slice of which all events lie in it, and no further
  /// than what cannot be told yet may be dated.
  private Page readSlice(FeedPosition after, int max, State now, Duration lag) {
    Instant until = after.since().plus(SLICE);
    Instant sure = earlier(until.minus(spread.multipliedBy(2)), end(now).since());
    if (!sure.isAfter(after.since())) {
      return readAll(after, max, now, lag);
    }
    OptionalLong reach = reach(after.since(), sure, now);
    if (reach.isEmpty() || reach.getAsLong() < after.turn()) {
      return new Page(List.of(), after.since(sure), false, lag);
    }
    List<FeedEvent> events = read(after, until, now, reach.getAsLong() + 1, max);
    FeedPosition end =
        events.size() < max
            ? FeedPosition.before(sure, reach.getAsLong() + 1)
            : behind(events, after);
    return new Page(events, end, false, lag);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /// Whoever wrote after the last of them dated it not much earlier.
  private FeedPosition behind(List<FeedEvent> events, FeedPosition after) {
    FeedEvent last = events.getLast();
    Instant since = last.event().at().minus(spread.multipliedBy(2));
    return last.position().since(since.isAfter(after.since()) ? since : after.since());
  }

  /// The first events behind `after`, dated before `until`, of transactions before `end`.
  private List<FeedEvent> read(FeedPosition after, Instant until, State now, long end, int max) {
    return statements.query(
        READ,
        parameters -> {
          parameters.bigint(now.open());
          parameters.text(Long.toString(now.open()));
          parameters.time(after.since());
          parameters.time(until);
          parameters.bigint(end);
          parameters.bigint(after.turn());
          parameters.uuid(after.order().value());
          parameters.bigint(after.seq());
          parameters.bigint(max);
        },
        row -> read(row, after.since()));
  }

  private OptionalLong reach(Instant from, Instant until, State now) {
    return statements
        .query(
            REACH,
            parameters -> {
              parameters.bigint(now.open());
              parameters.text(Long.toString(now.open()));
              parameters.time(from);
              parameters.time(until);
              parameters.bigint(now.open());
            },
            row -> {
              long turn = row.getLong("turn");
              return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(turn);
            })
        .getFirst();
  }

  private static FeedEvent read(ResultSet row, Instant since) throws SQLException {
    OrderId order = OrderRows.id(row);
    var event = EventRows.read(row);
    return new FeedEvent(
        new FeedPosition(since, row.getLong("turn"), order, event.seq()),
        order,
        event,
        new Parties(
            new CustomerId(row.getString("customer_id")),
            new MerchantId(row.getString("merchant_id")),
            new PlacedBy(row.getString("placed_by"))));
  }
}

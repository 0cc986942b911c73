package orders.postgres;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.StoreUnavailable;
import orders.domain.Order;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims the work that is due, for one node, of one merchant after the other.
///
/// Merchants sit in a circle. A claim goes on after the merchant that the one before it came to
/// last, from merchant to merchant, and takes an equal share from each that has free work. Safe
/// from any thread: claims at the same moment may begin at the same merchant.
final class ClaimWork {
  /// Walks some way around the circle: over the index from one merchant to the next, whatever lies
  /// between them, and over those that have nothing due, until there are enough that may have. The
  /// way goes from after the place that is given to the end, and then from the beginning to where
  /// the circle closes.
  ///
  /// The order is fetched for each claim by itself (`limit 1` sees to that): joined, it might be
  /// looked for among all orders there are.
  ///
  /// One row for each claim, or one without an order, all with how far the walk came.
  static final String CLAIM =
      """
      with recursive here as materialized (
        select ?::text collate "C" as merchant_id, ?::boolean as wrapped,
          ?::text collate "C" as closed_by, ?::bigint as wanted
      ),
      circle as (
        select h.merchant_id, h.wrapped, false as is_due, 0 as walked, 0 as found
        from here h
        union all
        select
          n.merchant_id, n.wrapped, n.due_at <= now(), c.walked + 1,
          c.found + (n.due_at <= now())::integer
        from circle c
        cross join here h
        cross join lateral (
          select *
          from (
            select w.merchant_id, c.wrapped, w.due_at
            from work w
            where w.merchant_id > c.merchant_id
            order by w.merchant_id, w.due_at
            limit 1
          ) next
          where not next.wrapped or next.merchant_id <= h.closed_by
          union all
          select *
          from (
            select w.merchant_id, true, w.due_at
            from work w
            where not c.wrapped and w.merchant_id <= h.closed_by
            order by w.merchant_id, w.due_at
            limit 1
          ) first
          limit 1
        ) n
        where c.walked < 1000 and c.found < 100
      ),
      free as materialized (
        select c.merchant_id, c.walked, longest.due_at, longest.order_id
        from circle c
        cross join lateral (
          select w.due_at, w.order_id
          from work w
          where w.merchant_id = c.merchant_id
            and w.due_at <= now() and (w.lease_until is null or w.lease_until < now())
          order by w.due_at, w.order_id
          limit 1
        ) longest
        where c.is_due
      ),
      share as materialized (
        select greatest(1, h.wanted / greatest(1, (select count(*) from free))) as size
        from here h
      ),
      due as materialized (
        select w.order_id
        from free f
        cross join lateral (
          select w.order_id
          from work w
          where w.merchant_id = f.merchant_id and (w.due_at, w.order_id) >= (f.due_at, f.order_id)
            and w.due_at <= now() and (w.lease_until is null or w.lease_until < now())
          order by w.due_at, w.order_id
          limit (select s.size from share s)
          for update skip locked
        ) w
        limit (select h.wanted from here h)
      ),
      claimed as (
        update work w
        set epoch = greatest(w.epoch, 1) + 1, owner = ?,
          lease_until = now() + make_interval(secs => ? / 1000.0)
        from due d
        where w.order_id = any (array(select d.order_id from due d)) and w.order_id = d.order_id
        returning w.*
      )
      select
        walk.merchant_id as walked_to, walk.wrapped, walk.walked < 1000 and walk.found < 100 as closed,
        share.size as share,
        c.order_id, c.epoch, c.step, c.failed_attempts, c.failure_step, c.failure_kind,
        c.failure_reason, c.round, c.version,
        case when c.compensating then 'compensating' else 'processing' end as status,
        o.customer_id, o.merchant_id, o.reference, o.currency,
        o.skus, o.names, o.quantities, o.unit_prices, o.trace_id, o.trace_sampled
      from (select * from circle order by walked desc limit 1) walk
      cross join share
      left join claimed c on true
      left join free f on f.merchant_id = c.merchant_id
      left join lateral (
        select * from orders o where o.id = any (array[c.order_id]) order by o.id limit 1
      ) o on true
      order by f.walked, c.due_at, c.order_id
      """;

  private static final Logger log = LoggerFactory.getLogger(ClaimWork.class);

  private final Statements statements;
  private final Node node;
  private volatile String lastMerchant = "";

  ClaimWork(Statements statements, Node node) {
    this.statements = statements;
    this.node = node;
  }

  /// Goes around until there are enough claims or a whole turn brought nothing more.
  List<Claim> claim(int max) {
    List<Claim> claims = new ArrayList<>();
    Place place = Place.after(lastMerchant);
    boolean moreInThisTurn = false;
    while (claims.size() < max) {
      Stretch stretch;
      try {
        stretch = walk(place, max - claims.size());
      } catch (StoreUnavailable e) {
        if (claims.isEmpty()) {
          throw e;
        }
        return claims;
      }
      claims.addAll(stretch.claims());
      moreInThisTurn |= stretch.more();
      if (!claims.isEmpty()) {
        lastMerchant = merchant(claims.getLast());
      }
      if (!stretch.isLast()) {
        place = stretch.end();
      } else if (moreInThisTurn) {
        place = Place.after(lastMerchant);
        moreInThisTurn = false;
      } else {
        break;
      }
    }
    return claims;
  }

  private Stretch walk(Place from, int wanted) {
    List<Row> rows =
        statements.query(
            CLAIM, parameters -> bind(parameters, from, wanted, node), ClaimWork::read);
    return Stretch.of(from, rows);
  }

  static void bind(Parameters parameters, Place from, int wanted, Node node) throws SQLException {
    parameters.text(from.merchant());
    parameters.bool(from.wrapped());
    parameters.text(from.closedBy());
    parameters.bigint(wanted);
    parameters.text(node.name());
    parameters.bigint(node.lease().toMillis());
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("walked_to"),
        row.getBoolean("wrapped"),
        row.getBoolean("closed"),
        row.getLong("share"),
        row.getObject("order_id") == null ? Optional.empty() : readClaim(row));
  }

  /// A claim makes a pending order processing, at its first step: so does the row. A row that makes
  /// no order must not take the others with it; it is left to its lease, and tried again after
  /// that.
  private static Optional<Claim> readClaim(ResultSet row) throws SQLException {
    try {
      Order order = OrderRows.read(row);
      return Optional.of(
          new Claim(order, new Lease(order.id(), row.getLong("epoch")), OrderRows.readTrace(row)));
    } catch (IllegalStateException e) {
      log.error("Cannot work on an order that was claimed", e);
      return Optional.empty();
    }
  }

  private static String merchant(Claim claim) {
    return claim.order().purchase().merchant().value();
  }

  /// Where a walk around the circle is.
  ///
  /// @param merchant the one it came to last
  /// @param wrapped whether it has come past the beginning
  /// @param closedBy the one it ends with then
  record Place(String merchant, boolean wrapped, String closedBy) {
    /// The place where a whole turn begins that ends with `merchant`.
    static Place after(String merchant) {
      return new Place(merchant, false, merchant);
    }
  }

  private record Row(
      String walkedTo, boolean wrapped, boolean closed, long share, Optional<Claim> claim) {}

  /// What one statement brought.
  ///
  /// @param more whether a merchant got its whole share, and so may have more
  private record Stretch(Place end, boolean isLast, List<Claim> claims, boolean more) {
    static Stretch of(Place from, List<Row> rows) {
      Row any = rows.getFirst();
      List<Claim> claims = rows.stream().flatMap(row -> row.claim().stream()).toList();
      boolean more =
          claims.stream().collect(groupingBy(ClaimWork::merchant, counting())).values().stream()
              .anyMatch(count -> count >= any.share());
      return new Stretch(
          new Place(any.walkedTo(), any.wrapped(), from.closedBy()), any.closed(), claims, more);
    }
  }
}

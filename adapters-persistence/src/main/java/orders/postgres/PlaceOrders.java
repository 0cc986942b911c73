package orders.postgres;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static orders.application.port.StoreUnavailable.Effect.NONE;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orders.application.port.IdempotencyKey;
import orders.application.port.Lease;
import orders.application.port.Orders.HandOver;
import orders.application.port.Orders.Placed;
import orders.application.port.Origin;
import orders.application.port.PlacedBy;
import orders.application.port.StoreUnavailable;
import orders.domain.Order;
import orders.domain.OrderId;

/// Places orders for one node: each id once, and each key once.
final class PlaceOrders {
  /// Whoever comes second with an id or a key has no row, and whoever comes at the same moment
  /// waits here until the first is durable, and then fails, or is not. To look first spares the
  /// database to make each row a tentative one (`on conflict`), which costs 48 bytes of WAL.
  ///
  /// An order that is handed over begins with epoch 1, which no claim ever gives.
  ///
  /// Orders differ in how many lines they have, and an array of arrays is a rectangle: each order's
  /// lines come as the text of arrays, see [ArrayText].
  static final String PLACE =
      """
      with sent as (
        select *
        from unnest(
          ?::uuid[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[],
          ?::boolean[])
          as s (order_id, idempotency_key, handed_over, customer_id, merchant_id, reference,
            currency, total, skus, names, quantities, unit_prices, placed_by, trace_id,
            trace_sampled)
      ),
      placed as (
        insert into orders (
          id, idempotency_key, customer_id, merchant_id, reference, currency, total, created_at,
          skus, names, quantities, unit_prices, placed_by, trace_id, trace_sampled)
        select
          s.order_id, s.idempotency_key, s.customer_id, s.merchant_id, s.reference, s.currency,
          s.total, now(), s.skus::text[], s.names::text[], s.quantities::integer[],
          s.unit_prices::bigint[], s.placed_by, s.trace_id, s.trace_sampled
        from sent s
        where (
            select o.id
            from orders o
            where o.id = any (array[s.order_id])
            order by o.id
            limit 1) is null
          and (
            select o.id
            from orders o
            where o.idempotency_key = s.idempotency_key and o.placed_by = s.placed_by
            limit 1) is null
        returning id as order_id, created_at
      ),
      told as (
        insert into events (order_id, seq, at, type)
        select p.order_id, 1, p.created_at, 'placed'
        from placed p
      ),
      queued as (
        insert into work (
          order_id, merchant_id, step, compensating, failed_attempts, round, version, created_at,
          updated_at, due_at, epoch, owner, lease_until)
        select
          p.order_id, s.merchant_id, 'confirmation', false, 0, 1, 1, p.created_at, p.created_at,
          p.created_at,
          case when s.handed_over then 1 else 0 end,
          case when s.handed_over then ? end,
          case when s.handed_over then now() + make_interval(secs => ? / 1000.0) end
        from placed p
        join sent s on s.order_id = p.order_id
        returning order_id, created_at, epoch
      )
      select q.order_id, q.created_at as at, q.epoch
      from queued q
      """;

  /// What was stored before under the key or the id that was sent; the key goes first. As the order
  /// was placed, whatever became of it since.
  static final String FIND =
      """
      select
        o.id as order_id, o.customer_id, o.merchant_id, o.reference, o.currency,
        o.created_at as at, 'pending' as status, 1 as round, 1 as version,
        o.skus, o.names, o.quantities, o.unit_prices, coalesce(w.epoch, 0) as epoch
      from (
        select ?::uuid as order_id, ?::text as idempotency_key, ?::text as placed_by
      ) s
      cross join lateral (
        select *
        from orders o
        where o.idempotency_key = s.idempotency_key and o.placed_by = s.placed_by
        union all
        (select * from orders o where o.id = any (array[s.order_id]) order by o.id limit 1)
        limit 1
      ) o
      left join lateral (
        select *
        from work w
        where w.order_id = any (array[o.id]) and o.id = s.order_id
          and w.epoch = 1 and w.owner = ? and w.lease_until is not null
        order by w.order_id
        limit 1
      ) w on true
      """;

  private final Statements hasty;
  private final Statements patient;
  private final Node node;
  private final GroupCommit<Placing, Optional<Placed>> together;
  private final GroupCommit<Placing, Optional<Placed>> alone;

  PlaceOrders(PostgresDatabase database, Node node) {
    this.hasty = database.commits().hasty();
    this.patient = database.commits().patient();
    this.node = node;
    this.together =
        database.commits().share("place", placing -> placing.order().id(), this::insertTogether);
    this.alone = database.commits().oneByOne("place-alone", this::insertAlone);
  }

  record Placing(Order order, HandOver handOver, Origin origin) {
    Optional<OwnKey> key() {
      return origin.key().map(key -> new OwnKey(key, origin.placedBy()));
    }

    String keyOrNone() {
      return origin.key().map(IdempotencyKey::value).orElse("");
    }

    String placedBy() {
      return origin.placedBy().value();
    }

    /// What there may be once only.
    Object identity() {
      return key().isPresent() ? key().get() : order.id();
    }
  }

  /// What one client calls its order.
  record OwnKey(IdempotencyKey key, PlacedBy of) {}

  Placed place(Placing placing) {
    return together
        .write(placing)
        .or(() -> find(placing))
        .or(() -> alone.write(placing))
        .or(() -> find(placing))
        .orElseThrow(
            () -> new StoreUnavailable("the order of this key was just removed", NONE, null));
  }

  /// A key that somebody else stores at the same moment is there for the second try. One that
  /// somebody is about to store, and does not, must not keep the others: then all are tried alone,
  /// a few at a time, since what keeps them may keep all, and this node's leases need connections.
  ///
  /// @return empty for each that came second or has to be tried alone
  private List<Optional<Placed>> insertTogether(List<Placing> placings) {
    Collection<Placing> firsts =
        placings.stream()
            .collect(toMap(Placing::identity, identity(), (first, _) -> first))
            .values();
    for (int tries = 0; tries < 2; tries++) {
      try {
        return outcomes(placings, insert(hasty, firsts));
      } catch (StoreUnavailable | IllegalStateException e) {
        if (!Collision.isTaken(e) && !Collision.isHeld(e)) {
          throw e;
        }
      }
    }
    return outcomes(placings, Map.of());
  }

  private static List<Optional<Placed>> outcomes(
      List<Placing> placings, Map<OrderId, Placed> placed) {
    return placings.stream()
        .map(placing -> Optional.ofNullable(placed.get(placing.order().id())))
        .toList();
  }

  /// @return empty if it came second
  private Optional<Placed> insertAlone(Placing placing) {
    try {
      return insert(patient, List.of(placing)).values().stream().findFirst();
    } catch (IllegalStateException e) {
      if (Collision.isTaken(e) && find(placing).isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// In the order of their keys: two nodes that get the same keys at the same moment do not wait
  /// for each other.
  ///
  /// @return those that did not come second
  private Map<OrderId, Placed> insert(Statements statements, Collection<Placing> placings) {
    List<Placing> sorted =
        placings.stream()
            .sorted(Comparator.comparing(Placing::keyOrNone).thenComparing(Placing::placedBy))
            .toList();
    Map<OrderId, Order> sent =
        placings.stream().map(Placing::order).collect(toMap(Order::id, identity()));
    return statements
        .query(
            PLACE,
            parameters -> {
              PlacingRows.bind(parameters, sorted);
              parameters.text(node.name());
              parameters.bigint(node.lease().toMillis());
            },
            row -> read(row, requireNonNull(sent.get(OrderRows.id(row)))))
        .stream()
        .collect(toMap(each -> each.order().id(), identity()));
  }

  private Optional<Placed> find(Placing placing) {
    return patient
        .query(
            FIND,
            parameters -> {
              parameters.uuid(placing.order().id().value());
              parameters.text(placing.origin().key().map(IdempotencyKey::value).orElse(null));
              parameters.text(placing.placedBy());
              parameters.text(node.name());
            },
            row -> read(row, OrderRows.read(row)))
        .stream()
        .findFirst();
  }

  private static Placed read(ResultSet row, Order order) throws SQLException {
    long epoch = row.getLong("epoch");
    return new Placed(
        order,
        OrderRows.time(row, "at"),
        epoch == 0 ? Optional.empty() : Optional.of(new Lease(order.id(), epoch)));
  }
}

package orders.postgres;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static orders.application.port.StoreUnavailable.Effect.NONE;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orders.application.port.IdempotencyKey;
import orders.application.port.Lease;
import orders.application.port.Orders.HandOver;
import orders.application.port.Orders.Placed;
import orders.application.port.StoreUnavailable;
import orders.domain.ItemName;
import orders.domain.Line;
import orders.domain.Order;
import orders.domain.OrderId;
import orders.domain.Purchase;
import orders.domain.Reference;

/// Places orders for one node: each id once, and each key once.
final class PlaceOrders {
  /// Whoever comes second with an id or a key waits here until the first is durable or is not, and
  /// then has no row. An order that is handed over begins with epoch 1, which no claim ever gives.
  ///
  /// Orders differ in how many lines they have, and an array of arrays is a rectangle: each order's
  /// lines come as the text of arrays, see [ArrayText].
  private static final String PLACE =
      """
      with sent as (
        select *
        from unnest(
          ?::uuid[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[],
          ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
          as s (order_id, idempotency_key, handed_over, customer_id, merchant_id, reference,
            currency, total, skus, names, quantities, unit_prices)
      ),
      placed as (
        insert into orders (
          id, idempotency_key, customer_id, merchant_id, reference, currency, total, created_at,
          skus, names, quantities, unit_prices)
        select
          s.order_id, s.idempotency_key, s.customer_id, s.merchant_id, s.reference, s.currency,
          s.total, now(), s.skus::text[], s.names::text[], s.quantities::integer[],
          s.unit_prices::bigint[]
        from sent s
        on conflict do nothing
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
  private static final String FIND =
      """
      select
        o.id as order_id, o.customer_id, o.merchant_id, o.reference, o.currency,
        o.created_at as at, 'pending' as status, 1 as round, 1 as version,
        o.skus, o.names, o.quantities, o.unit_prices, coalesce(w.epoch, 0) as epoch
      from (select ?::uuid as order_id, ?::text as idempotency_key) s
      cross join lateral (
        select * from orders o where o.idempotency_key = s.idempotency_key
        union all
        select * from orders o where o.id = s.order_id
        limit 1
      ) o
      left join lateral (
        select *
        from work w
        where w.order_id = o.id and o.id = s.order_id
          and w.epoch = 1 and w.owner = ? and w.lease_until is not null
        limit 1
      ) w on true
      """;

  /// To come second and then find nothing takes somebody whose transaction was undone in between;
  /// several in a row, a fault.
  private static final int MAX_TRIES = 5;

  private final Statements statements;
  private final Node node;
  private final GroupCommit<Placing, Optional<Placed>> commits;

  PlaceOrders(PostgresDatabase database, Node node) {
    this.statements = database.writes();
    this.node = node;
    this.commits = database.commits().share("place", placing -> placing.order().id(), this::insert);
  }

  record Placing(Order order, HandOver handOver, Optional<IdempotencyKey> key) {
    String keyOrNone() {
      return key.map(IdempotencyKey::value).orElse("");
    }
  }

  Placed place(Placing placing) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      Optional<Placed> placed = commits.write(placing).or(() -> find(placing));
      if (placed.isPresent()) {
        return placed.get();
      }
    }
    throw new StoreUnavailable("others kept storing the same order and failing", NONE, null);
  }

  /// In the order of their keys: two nodes that get the same keys at the same moment do not wait
  /// for each other.
  ///
  /// @return empty for each that came second
  private List<Optional<Placed>> insert(List<Placing> placings) {
    List<Placing> sorted =
        placings.stream().sorted(Comparator.comparing(Placing::keyOrNone)).toList();
    Map<OrderId, Order> sent =
        placings.stream().map(Placing::order).collect(toMap(Order::id, identity()));
    Map<OrderId, Placed> placed =
        statements
            .query(
                PLACE,
                parameters -> {
                  bindOrders(parameters, sorted);
                  parameters.text(node.name());
                  parameters.bigint(node.lease().toMillis());
                },
                row -> read(row, requireNonNull(sent.get(OrderRows.id(row)))))
            .stream()
            .collect(toMap(each -> each.order().id(), identity()));
    return placings.stream()
        .map(placing -> Optional.ofNullable(placed.get(placing.order().id())))
        .toList();
  }

  private Optional<Placed> find(Placing placing) {
    return statements
        .query(
            FIND,
            parameters -> {
              parameters.uuid(placing.order().id().value());
              parameters.text(placing.key().map(IdempotencyKey::value).orElse(null));
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

  private static void bindOrders(Parameters parameters, List<Placing> placings)
      throws SQLException {
    parameters.array("uuid", placings, placing -> placing.order().id().value());
    bindKeys(parameters, placings);
    parameters.array("bool", placings, placing -> placing.handOver() == HandOver.THIS_NODE);
    List<Purchase> purchases = placings.stream().map(Placing::order).map(Order::purchase).toList();
    parameters.array("text", purchases, purchase -> purchase.customer().value());
    parameters.array("text", purchases, purchase -> purchase.merchant().value());
    parameters.array(
        "text", purchases, purchase -> purchase.reference().map(Reference::value).orElse(null));
    parameters.array("text", purchases, purchase -> purchase.currency().getCurrencyCode());
    parameters.array("int8", purchases, purchase -> purchase.total().minorUnits());
    bindLines(parameters, purchases);
  }

  private static void bindKeys(Parameters parameters, List<Placing> placings) throws SQLException {
    parameters.array(
        "text", placings, placing -> placing.key().map(IdempotencyKey::value).orElse(null));
  }

  private static void bindLines(Parameters parameters, List<Purchase> purchases)
      throws SQLException {
    List<List<Line>> lines = purchases.stream().map(Purchase::lines).toList();
    parameters.array("text", lines, each -> ArrayText.of(each, line -> line.sku().value()));
    parameters.array(
        "text",
        lines,
        each -> ArrayText.of(each, line -> line.name().map(ItemName::value).orElse(null)));
    parameters.array("text", lines, each -> ArrayText.of(each, Line::quantity));
    parameters.array(
        "text", lines, each -> ArrayText.of(each, line -> line.unitPrice().minorUnits()));
  }
}

package orders.postgres;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orders.application.port.Claim;
import orders.application.port.Lease;
import orders.application.port.Recorded;
import orders.application.port.WorkQueue;
import orders.domain.Move;
import orders.domain.Order;
import orders.domain.OrderId;

/// The work in one database, as one node sees it. Safe from any thread.
///
/// A lease that has expired still holds until somebody else claims the work.
public final class PostgresWorkQueue implements WorkQueue {
  /// Without a delay, the work stays as due as it was.
  static final String GIVE_BACK =
      """
      with free as materialized (
        %s
      )
      update work w
      set due_at = coalesce(now() + make_interval(secs => g.delay_ms / 1000.0), w.due_at),
        obstacle = coalesce(g.obstacle, w.obstacle), owner = null, lease_until = null
      from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[])
        as g (order_id, epoch, delay_ms, obstacle)
      where w.order_id = any (array(select f.order_id from free f)) and w.order_id = g.order_id
        and w.epoch = g.epoch and w.lease_until is not null
      returning w.order_id, w.epoch
      """;

  /// Waits for nobody: one row that somebody keeps locked must not cost a node all its leases. A
  /// row that is passed over is still held, as far as anybody can see, and has its turn the next
  /// time; if it is its worker who writes, that renews the lease or ends it anyway.
  static final String RENEW =
      """
      with held as materialized (
        select w.order_id
        from work w
        where w.order_id = any (?::uuid[]) and w.lease_until is not null
        order by w.order_id
        for update skip locked
      ),
      asked as materialized (
        select *
        from unnest(?::uuid[], ?::bigint[]) as a (order_id, epoch)
      ),
      renewed as (
        update work w
        set lease_until = now() + make_interval(secs => ? / 1000.0)
        from asked a
        where w.order_id = any (array(select h.order_id from held h)) and w.order_id = a.order_id
          and w.epoch = a.epoch and w.lease_until is not null
      )
      select w.order_id, w.epoch
      from work w
      join asked a on a.order_id = w.order_id
      where w.order_id = any (?::uuid[]) and w.epoch = a.epoch and w.lease_until is not null
      """;

  /// Locked while it is read: a write of that order that is still under way is waited for, so that
  /// the answer is what came of it. The order is fetched by itself, as for a claim.
  static final String HELD =
      """
      with held as materialized (
        select *
        from work w
        where w.order_id = any (array[?::uuid]) and w.epoch = ? and w.lease_until is not null
        order by w.order_id
        for update
      )
      select
        h.order_id, h.step, h.failed_attempts, h.failure_step, h.failure_kind, h.failure_reason,
        h.round, h.version,
        case when h.compensating then 'compensating' else 'processing' end as status,
        o.customer_id, o.merchant_id, o.reference, o.currency,
        o.skus, o.names, o.quantities, o.unit_prices
      from held h
      cross join lateral (
        select * from orders o where o.id = any (array[h.order_id]) order by o.id limit 1
      ) o
      """;

  private final Statements statements;
  private final Node node;
  private final ClaimWork claimWork;
  private final RecordMove recordMove;
  private final SharedChanges<GivingBack, Lease> givingBack;

  public PostgresWorkQueue(PostgresDatabase database, Node node) {
    this.statements = database.work();
    this.node = node;
    this.claimWork = new ClaimWork(statements, node);
    this.recordMove = new RecordMove(database);
    this.givingBack =
        new SharedChanges<>(
            database.workCommits(),
            "give-back",
            "work",
            GIVE_BACK,
            GivingBack::order,
            PostgresWorkQueue::giveBack);
  }

  @Override
  public List<Claim> claim(int max) {
    return claimWork.claim(max);
  }

  @Override
  public Recorded record(Lease lease, Move.Made move, Optional<Duration> releaseFor) {
    return recordMove.record(new RecordMove.Recording(lease, move, releaseFor));
  }

  @Override
  public Optional<Order> held(Lease lease) {
    return statements
        .query(
            HELD,
            parameters -> {
              parameters.uuid(lease.order().value());
              parameters.bigint(lease.epoch());
            },
            OrderRows::read)
        .stream()
        .findFirst();
  }

  @Override
  public boolean postpone(Lease lease, Duration delay, Obstacle obstacle) {
    return givingBack
        .make(new GivingBack(lease, Optional.of(delay), Optional.of(obstacle)))
        .isPresent();
  }

  @Override
  public void release(Collection<Lease> leases) {
    givingBack.makeAll(
        leases.stream()
            .map(lease -> new GivingBack(lease, Optional.empty(), Optional.empty()))
            .toList());
  }

  private record GivingBack(Lease lease, Optional<Duration> delay, Optional<Obstacle> obstacle) {
    OrderId order() {
      return lease.order();
    }
  }

  private static Map<OrderId, Lease> giveBack(
      Statements statements, String sql, List<GivingBack> givingBack) {
    List<Lease> leases = givingBack.stream().map(GivingBack::lease).toList();
    return statements
        .query(
            sql,
            parameters -> {
              bindOrders(parameters, leases);
              bindLeases(parameters, leases);
              parameters.array(
                  "int8", givingBack, each -> each.delay().map(Duration::toMillis).orElse(null));
              parameters.array(
                  "text", givingBack, each -> each.obstacle().map(Words::of).orElse(null));
            },
            PostgresWorkQueue::readLease)
        .stream()
        .collect(toMap(Lease::order, identity()));
  }

  @Override
  public List<Lease> renew(Collection<Lease> leases) {
    Set<Lease> lost = new LinkedHashSet<>(leases);
    statements
        .query(
            RENEW,
            parameters -> {
              bindOrders(parameters, leases);
              bindLeases(parameters, leases);
              parameters.bigint(node.lease().toMillis());
              bindOrders(parameters, leases);
            },
            PostgresWorkQueue::readLease)
        .forEach(lost::remove);
    return List.copyOf(lost);
  }

  private static void bindOrders(Parameters parameters, Collection<Lease> leases)
      throws SQLException {
    parameters.array("uuid", leases, lease -> lease.order().value());
  }

  private static void bindLeases(Parameters parameters, Collection<Lease> leases)
      throws SQLException {
    bindOrders(parameters, leases);
    parameters.array("int8", leases, Lease::epoch);
  }

  private static Lease readLease(ResultSet row) throws SQLException {
    return new Lease(OrderRows.id(row), row.getLong("epoch"));
  }
}

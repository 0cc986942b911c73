package orders.postgres;

import java.util.List;
import java.util.Optional;
import orders.application.port.OrderQueries;
import orders.application.port.StoredOrder;
import orders.domain.Event;
import orders.domain.OrderId;

/// The orders of one database, to read: each call one statement, which sees one moment. Safe from
/// any thread.
public final class PostgresOrderQueries implements OrderQueries {
  private static final String FIND =
      """
      select
        o.id as order_id, o.customer_id, o.merchant_id, o.reference, o.currency, o.created_at,
        o.placed_by,
        case
          when e.order_id is not null then e.status
          when w.parked then 'parked'
          when w.epoch = 0 then 'pending'
          when w.compensating then 'compensating'
          when w.order_id is not null then 'processing'
        end as status,
        w.step, w.failed_attempts,
        coalesce(w.failure_step, e.failure_step) as failure_step,
        coalesce(w.failure_kind, e.failure_kind) as failure_kind,
        coalesce(w.failure_reason, e.failure_reason) as failure_reason,
        coalesce(w.round, e.round) as round,
        coalesce(w.version, e.version) as version,
        coalesce(w.updated_at, e.ended_at) as updated_at,
        waiting_of(w) as waiting, w.due_at, h.reason as last_reason,
        o.skus, o.names, o.quantities, o.unit_prices
      from orders o
      left join work w on w.order_id = o.id
      left join ended e on e.order_id = o.id
      left join events h
        on h.order_id = w.order_id and h.seq = w.version and (w.parked or w.failed_attempts > 0)
      where o.id = ?
      """;

  /// Every order has a first event, so that no event means no order.
  private static final String HISTORY =
      """
      select order_id, seq, at, type, step, attempt, partner_reference, reason
      from events
      where order_id = ?
      order by seq
      """;

  private final Statements statements;
  private final OrderPages pages;

  public PostgresOrderQueries(PostgresDatabase database) {
    this.statements = database.reads();
    this.pages = new OrderPages(statements);
  }

  @Override
  public Optional<StoredOrder> find(OrderId id) {
    return statements
        .query(FIND, parameters -> parameters.uuid(id.value()), OrderRows::readStored)
        .stream()
        .findFirst();
  }

  @Override
  public Optional<List<Event>> history(OrderId id) {
    List<Event> events =
        statements.query(HISTORY, parameters -> parameters.uuid(id.value()), EventRows::read);
    return events.isEmpty() ? Optional.empty() : Optional.of(events);
  }

  @Override
  public List<StoredOrder> list(Filter filter, Optional<Position> after, int limit) {
    return pages.list(filter, after, limit);
  }
}

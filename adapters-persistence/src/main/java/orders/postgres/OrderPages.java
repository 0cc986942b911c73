package orders.postgres;

import static orders.domain.Status.COMPENSATING;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import orders.application.port.OrderQueries.Filter;
import orders.application.port.OrderQueries.Position;
import orders.application.port.PlacedBy;
import orders.application.port.StoredOrder;
import orders.domain.CustomerId;
import orders.domain.MerchantId;
import orders.domain.OrderId;
import orders.domain.Reference;
import orders.domain.Status;

/// Pages of the list of orders, newest first.
///
/// Absent criteria are in the statements too: the connections that read plan each statement with
/// its parameters, and what is always true is gone before a plan is looked for. There is one
/// statement for each way in which a page is best found.
final class OrderPages {
  private static final String OF_ANY_STATUS =
      """
      with page as (
        select
          o.id as order_id, o.customer_id, o.merchant_id, o.reference, o.currency, o.created_at,
          o.placed_by,
          o.skus, o.names, o.quantities, o.unit_prices,
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
          waiting_of(w) as waiting, w.due_at
        from (
          select ?::text as customer_id, ?::text as merchant_id, ?::text as reference,
            ?::text as placed_by
        ) wanted
        cross join orders o
        left join work w on w.order_id = o.id
        left join ended e on e.order_id = o.id
        where (wanted.customer_id is null or o.customer_id = wanted.customer_id)
          and (wanted.merchant_id is null or o.merchant_id = wanted.merchant_id)
          and (wanted.reference is null or o.reference = wanted.reference)
          and (wanted.placed_by is null or o.placed_by = wanted.placed_by)
          and o.created_at >= ? and o.created_at < ? and (o.created_at, o.id) < (?, ?)
        order by o.created_at desc, o.id desc
        limit ?
      )
      select page.*, h.reason as last_reason
      from page
      left join events h
        on h.order_id = page.order_id and h.seq = page.version
          and (page.status = 'parked' or page.failed_attempts > 0)
      order by page.created_at desc, page.order_id desc
      """;

  /// A place before the newest order.
  private static final Position TOP = new Position(Instant.MAX, new OrderId(new UUID(-1, -1)));

  private final Statements statements;

  OrderPages(Statements statements) {
    this.statements = statements;
  }

  List<StoredOrder> list(Filter filter, Optional<Position> after, int limit) {
    if (filter.needsAttention() && filter.status().orElse(COMPENSATING) != COMPENSATING) {
      return List.of();
    }
    return statements.query(
        statement(filter),
        parameters -> bind(parameters, filter, after, limit),
        OrderRows::readStored);
  }

  static String statement(Filter filter) {
    if (filter.needsAttention()) {
      return ParkedPages.STATEMENT;
    }
    if (filter.status().isEmpty()) {
      return OF_ANY_STATUS;
    }
    return filter.status().get().isTerminal()
        ? EndedPages.statement(namesParty(filter))
        : LivePages.statement(namesParty(filter));
  }

  static void bind(Parameters parameters, Filter filter, Optional<Position> after, int limit)
      throws SQLException {
    Optional<Status> status = filter.status();
    if (status.isPresent() && !filter.needsAttention()) {
      parameters.text(Words.of(status.get()));
    }
    if (status.isEmpty() || filter.needsAttention() || namesParty(filter)) {
      parameters.text(filter.customer().map(CustomerId::value).orElse(null));
      parameters.text(filter.merchant().map(MerchantId::value).orElse(null));
      parameters.text(filter.reference().map(Reference::value).orElse(null));
      parameters.text(filter.placedBy().map(PlacedBy::value).orElse(null));
    }
    parameters.time(filter.createdFrom().orElse(Instant.MIN));
    parameters.time(filter.createdTo().orElse(Instant.MAX));
    Position position = after.orElse(TOP);
    parameters.time(position.createdAt());
    parameters.uuid(position.id().value());
    parameters.integer(limit);
  }

  private static boolean namesParty(Filter filter) {
    return filter.customer().isPresent()
        || filter.merchant().isPresent()
        || filter.reference().isPresent()
        || filter.placedBy().isPresent();
  }
}

package orders.postgres;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orders.application.port.OrderChanges;
import orders.domain.Event;
import orders.domain.OrderId;

/// What became of the orders of one database. Safe from any thread.
public final class PostgresOrderChanges implements OrderChanges {
  /// One search by key for each live order, and a second one for each that has ended: there are few
  /// of those, since nobody waits for them any more.
  private static final String VERSIONS =
      """
      select v.order_id, v.version
      from (
        select
          i.order_id,
          coalesce(
            (select w.version from work w where w.order_id = i.order_id),
            (select e.version from ended e where e.order_id = i.order_id)) as version
        from unnest(?::uuid[]) as i (order_id)
      ) v
      where v.version is not null
      """;

  private static final String EVENTS =
      """
      select order_id, seq, at, type, step, attempt, partner_reference, reason
      from events
      where order_id = ? and seq > ?
      order by seq
      """;

  private final Statements statements;

  public PostgresOrderChanges(PostgresDatabase database) {
    this.statements = database.reads();
  }

  @Override
  public Map<OrderId, Long> versions(Collection<OrderId> orders) {
    Map<OrderId, Long> versions = new HashMap<>();
    statements
        .query(
            VERSIONS,
            parameters -> parameters.array("uuid", orders, OrderId::value),
            row -> Map.entry(OrderRows.id(row), row.getLong("version")))
        .forEach(version -> versions.put(version.getKey(), version.getValue()));
    return versions;
  }

  @Override
  public List<Event> events(OrderId order, long after) {
    return statements.query(
        EVENTS,
        parameters -> {
          parameters.uuid(order.value());
          parameters.bigint(after);
        },
        EventRows::read);
  }
}

package orders.postgres;

import java.time.Duration;
import orders.application.port.EndedOrders;

/// The ended orders of one database. Safe from any thread.
public final class PostgresEndedOrders implements EndedOrders {
  /// By the index that pages of ended orders use: who was created long ago and ended just now is
  /// looked at each time, but there are few of those. An order that is being retried is passed
  /// over.
  ///
  /// The lock, held until the end of the statement, is for one node to do this at a time; its
  /// number is one that nobody else uses.
  static final String REMOVE =
      """
      with turn as materialized (
        select pg_try_advisory_xact_lock(4157206938412) as mine
      ),
      old as materialized (
        select e.order_id
        from turn t
        cross join (values ('completed'), ('failed'), ('cancelled')) as s (status)
        cross join lateral (
          select e.order_id
          from ended e
          where e.status = s.status
            and e.created_at < now() - make_interval(secs => ? / 1000.0)
            and e.ended_at < now() - make_interval(secs => ? / 1000.0)
          order by e.created_at, e.order_id
          limit ?
          for update skip locked
        ) e
        where t.mine
        limit ?
      ),
      forgotten as (
        delete from ended e
        using old o
        where e.order_id = any (array(select o.order_id from old o)) and e.order_id = o.order_id
        returning e.order_id
      ),
      untold as (
        delete from events v
        where v.order_id = any (array(select o.order_id from old o))
      ),
      unplaced as (
        delete from orders p
        using old o
        where p.id = any (array(select o.order_id from old o)) and p.id = o.order_id
      )
      select f.order_id
      from forgotten f
      """;

  private final Statements statements;

  public PostgresEndedOrders(PostgresDatabase database) {
    this.statements = database.work();
  }

  @Override
  public int remove(Duration age, int max) {
    return statements
        .query(
            REMOVE,
            parameters -> {
              parameters.bigint(age.toMillis());
              parameters.bigint(age.toMillis());
              parameters.bigint(max);
              parameters.bigint(max);
            },
            OrderRows::id)
        .size();
  }
}

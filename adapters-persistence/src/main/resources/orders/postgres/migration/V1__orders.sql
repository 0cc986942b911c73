-- What was ordered never changes and what happened never changes: both are only ever inserted. What
-- changes is one narrow row in "work" while an order lives; when it ends, the row moves to "ended".
-- Every order has exactly one row in "work" or in "ended".
--
-- There are no foreign keys. All rows of an order are written by one statement that either happens
-- or does not, nothing is ever deleted from the parents, and checking each line, event and work row
-- would cost an index probe and a row lock on "orders" for every one of them.
--
-- Words, not codes, for steps, statuses and types: whoever looks into the database can read them.
-- Nothing here is newer than PostgreSQL 15.

create table orders (
  id          uuid        not null,
  customer_id text        not null,
  merchant_id text        not null,
  reference   text,
  -- ISO 4217. An order has one currency; its lines do not repeat it.
  currency    text        not null,
  -- In minor units. Follows from the lines; kept for whoever sums up orders in SQL.
  total       bigint      not null,
  created_at  timestamptz not null,
  constraint orders_pkey primary key (id)
);
comment on table orders is
  'Orders as they were sent. Insert-only: the life of an order is in work, ended and events.';

-- One index for each way to page through orders, newest first. An id breaks ties, so that a page
-- can begin exactly where the one before it ended.
create index orders_by_creation on orders (created_at, id);
create index orders_by_customer on orders (customer_id, created_at, id);
create index orders_by_merchant on orders (merchant_id, created_at, id);
-- Most orders may have no reference, and nobody looks for those by it.
create index orders_by_reference on orders (reference, created_at, id) where reference is not null;

create table order_lines (
  order_id   uuid    not null,
  -- Counts from 1 in the order in which the lines were sent. The same sku may stand in two lines.
  line       integer not null,
  sku        text    not null,
  name       text,
  quantity   integer not null,
  unit_price bigint  not null,
  constraint order_lines_pkey primary key (order_id, line)
);
comment on table order_lines is 'The lines of each order as they were sent. Insert-only.';

-- The lines of one order as arrays, in their order: what every statement that reads whole orders needs.
-- Written so that the planner puts its body in the place of the call.
create function lines_of (id uuid)
  returns table (skus text[], names text[], quantities integer[], unit_prices bigint[])
  language sql
  stable
  begin atomic
    select array_agg(l.sku), array_agg(l.name), array_agg(l.quantity), array_agg(l.unit_price)
    from (select * from order_lines where order_id = id order by line) as l;
  end;

create table events (
  order_id          uuid        not null,
  -- 1, 2, 3… for each order, without gaps. A number over all orders would have to be read with
  -- care, since transactions do not commit in the order in which they take numbers.
  seq               integer     not null,
  at                timestamptz not null,
  type              text        not null
    constraint events_type check (type in
      ('placed', 'step_done', 'step_failed', 'step_declined', 'step_given_up', 'cancel_requested',
       'step_undone', 'undo_failed', 'retried', 'completed', 'failed', 'cancelled')),
  step              text,
  attempt           integer,
  partner_reference text,
  reason            text,
  -- Also what stops two writers from giving an order two different events of one number.
  constraint events_pkey primary key (order_id, seq)
);
comment on table events is 'What happened to each order. Append-only.';

create table work (
  order_id        uuid        not null,
  -- The step being done, or being undone.
  step            text        not null,
  compensating    boolean     not null,
  -- Why the order is being undone; absent while it is processed, and when somebody asked for it.
  failure_step    text,
  failure_kind    text,
  failure_reason  text,
  failed_attempts integer     not null,
  round           integer     not null,
  -- The number of the order's last event.
  version         integer     not null,
  -- That of the order, again, so that live orders can be listed without a look at all the others.
  created_at      timestamptz not null,
  -- The time of the order's last event.
  updated_at      timestamptz not null,
  -- When somebody may claim it. A claim leaves it as it is: released work is as due as it was.
  due_at          timestamptz not null,
  -- Grows with every claim; 0 means that nobody ever claimed it, which makes the order pending.
  epoch           bigint      not null,
  -- Which node holds it, for people to see; the epoch alone decides.
  owner           text,
  -- By this database's clock. Absent: nobody holds it.
  lease_until     timestamptz,
  constraint work_pkey primary key (order_id),
  constraint work_undone_when_failed check (failure_kind is null or compensating)
) with (
  -- Half of each page stays free for new versions of its rows, also when many of them change in one
  -- statement: an update then needs no new index entries (HOT).
  fillfactor = 50,
  -- The table is as small as the number of live orders, but all of it changes all the time: a share
  -- of its size says nothing about when to clean it.
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 1000,
  autovacuum_vacuum_cost_delay = 0
);
comment on table work is
  'What is to be done next for each live order, and who holds it: one row per live order.';

-- The queue. The only index beside the key, and on nothing that a claim, a renewal or a step's end
-- changes, so that all of these stay HOT. It does not know who holds what: there are at most as many
-- leased rows to skip as there are workers.
create index work_by_due on work (due_at, order_id);

create table ended (
  order_id       uuid        not null,
  status         text        not null
    constraint ended_status check (status in ('completed', 'failed', 'cancelled')),
  failure_step   text,
  failure_kind   text,
  failure_reason text,
  round          integer     not null,
  version        integer     not null,
  -- The last one of its work: when a failed order is retried, its epochs go on growing, and a worker
  -- of its first life can do nothing in its second.
  epoch          bigint      not null,
  -- That of the order, again, for the index below.
  created_at     timestamptz not null,
  -- The time of the order's last event.
  ended_at       timestamptz not null,
  constraint ended_pkey primary key (order_id),
  constraint ended_with_reason check ((status = 'failed') = (failure_kind is not null))
);
comment on table ended is 'How each order ended that is not live: one row per ended order.';

-- Completed orders are in it too, though there are so many: without it, a page of them would be found
-- by reading the newest orders one by one, and behind a backlog that is all of the backlog.
create index ended_by_status on ended (status, created_at, order_id);

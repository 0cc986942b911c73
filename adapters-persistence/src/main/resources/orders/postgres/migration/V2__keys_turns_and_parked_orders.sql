-- One wish of a client is one order, however often and on however many nodes it is sent.
--
-- At most 255 ASCII characters, so that every key fits into an index. Rows from before have none:
-- there is nothing to check ("not valid").
alter table orders add column idempotency_key text;
alter table orders add constraint orders_idempotency_key
  check (idempotency_key ~ '^[!-~]{1,255}$') not valid;
create unique index orders_idempotency_key on orders (idempotency_key)
  where idempotency_key is not null;
comment on column orders.idempotency_key is
  'What the client calls this order. Once stored it stands for it for good.';

-- Merchants take turns when work is claimed, and a parked order waits for an operator.
drop index work_by_due;
alter table work
  -- That of the order, again. Turns only need some order of merchants that never changes.
  add column merchant_id text collate "C",
  -- Nobody may claim it (it is due at infinity) until an operator has it go on.
  add column parked boolean not null default false,
  -- If it is due in the future: why; for people to see.
  add column obstacle text
    constraint work_obstacle check (obstacle in ('partner', 'breaker'));
update work w
set merchant_id = o.merchant_id, obstacle = case when w.due_at > now() then 'partner' end
from orders o
where o.id = w.order_id;
alter table work
  alter column merchant_id set not null,
  add constraint work_parked
    check (not parked or (compensating and lease_until is null and due_at = 'infinity'));

-- The queue of each merchant. Like the one index that it replaces, it is on nothing that a claim, a
-- renewal or a step's end changes, so that all of these stay HOT. It does not know who holds what:
-- there are at most as many leased rows to skip as there are workers.
create index work_by_merchant on work (merchant_id, due_at, order_id);

-- Only an order that is parked, or goes on after that, leaves or enters it.
create index work_parked on work (created_at, order_id) where parked;

-- What a live order waits for: an operator, an answer to the call that a worker is making, a worker,
-- or (until due_at) the partner or its breaker.
create function waiting_of (w work) returns text
  language sql
  stable
  return case
    when (w).parked then 'operator'
    when (w).lease_until >= now() then 'answer'
    when (w).due_at <= now() then 'worker'
    when (w).order_id is not null then coalesce((w).obstacle, 'partner')
  end;

-- The old check was narrower, so that what is there passes ("not valid").
alter table events drop constraint events_type;
alter table events add constraint events_type check (type in
  ('placed', 'step_done', 'step_failed', 'step_declined', 'step_given_up', 'cancel_requested',
   'step_undone', 'undo_failed', 'undo_given_up', 'retried', 'completed', 'failed', 'cancelled'))
  not valid;

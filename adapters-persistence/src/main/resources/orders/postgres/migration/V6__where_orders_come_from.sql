-- Who placed an order, and the trace that its request came with.
--
-- Neither rewrites the table: all rows from before have the default.
alter table orders
  -- Opaque; empty where the server does not ask who its clients are.
  add column placed_by text not null default '',
  add column trace_id uuid,
  add column trace_sampled boolean;

-- What one client calls its order says nothing about another's. The key goes first: nodes of an earlier
-- version, which may still run, look for it alone. Theirs are all of the same client.
drop index orders_idempotency_key;
create unique index orders_idempotency_key on orders (idempotency_key, placed_by)
  where idempotency_key is not null;

-- For clients that may see what they placed. Costs nothing where nobody is asked who they are.
create index orders_by_placer on orders (placed_by, created_at, id) where placed_by <> '';

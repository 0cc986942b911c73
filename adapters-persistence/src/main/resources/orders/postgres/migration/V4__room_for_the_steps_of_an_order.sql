-- An order's row of work changes with its claim and with each step but the last one. With half of each
-- page free, one update in ten found its page full, and paid for new entries in both indexes. The
-- table is as small as the number of live orders: pages that are there already are used up first.
alter table work set (fillfactor = 30);

-- Where events of the last seconds are, for whoever follows all of them.
--
-- A sketch: one entry for each 64 pages of events. No page that was not summed up yet costs a write
-- anything in it, and such pages are always read. So nothing sums them up as they fill: whoever reads
-- the feed does, once they are full.
create index events_by_time on events using brin (at)
  with (pages_per_range = 64, autosummarize = off);

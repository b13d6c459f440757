-- A heartbeat changes no indexed column. If its new row version finds room on the page of the old one, it touches no
-- index either (a HOT update). A row grows by half when its task is claimed, so inserts fill only half of a page.
-- This holds for pages written from now on: rows that are already on full pages are not rewritten.
-- Autovacuum cleans the indexes up after 5 % of the rows have changed, not after 20 %.
ALTER TABLE task SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

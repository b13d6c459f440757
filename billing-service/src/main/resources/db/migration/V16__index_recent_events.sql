-- Events are stored almost in the order of their time, so this index stays tiny. New pages are summarized by
-- autovacuum as they fill up, so that a read of the last seconds visits only these pages.
CREATE INDEX task_event_at ON task_event USING brin (at) WITH (pages_per_range = 16, autosummarize = on);

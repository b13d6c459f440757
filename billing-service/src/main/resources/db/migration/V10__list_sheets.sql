ALTER TABLE sheet ADD COLUMN created_at timestamptz;
UPDATE sheet SET created_at = coalesce((SELECT date_done FROM task WHERE task.id = task_id), snapshot_at);
ALTER TABLE sheet
  ALTER COLUMN created_at SET DEFAULT now(),
  ALTER COLUMN created_at SET NOT NULL;

-- The list is read in the order of an index: what it is filtered by, then what it is ordered by.
CREATE INDEX sheet_created ON sheet (created_at, id);
DROP INDEX sheet_task;
CREATE INDEX sheet_task ON sheet (task_id, created_at, id);

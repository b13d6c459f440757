-- Attempts whose sheet nobody needs: they ended without success, or their task has expired. The sweeper
-- deletes their files, if there are any, and the rows. There is no foreign key: an expired task is deleted.
CREATE TABLE unneeded_sheet (
  task_id uuid NOT NULL,
  attempt integer NOT NULL,
  unneeded_since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (task_id, attempt)
);

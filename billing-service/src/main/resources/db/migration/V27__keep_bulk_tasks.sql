-- The tasks that a task cancels or retries. They are fixed when it is accepted.
CREATE TABLE bulk_task (
  task_id uuid    PRIMARY KEY,
  -- In their order. The list never changes, so it is stored once beside the row.
  ids     uuid[]  NOT NULL,
  -- How many of them, from the first, are done.
  done    integer NOT NULL DEFAULT 0,
  -- How many of those were left as they are, by the code of the reason.
  refused jsonb   NOT NULL DEFAULT '{}'
);

-- Says which tasks were retried. The column never changes, and most tasks are no retry.
CREATE INDEX task_retry_of ON task (retry_of) WHERE retry_of IS NOT NULL;

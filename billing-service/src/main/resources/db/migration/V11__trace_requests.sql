-- The request that a task was accepted with: what is done for the task is logged under its id, too.
ALTER TABLE task ADD COLUMN request_id text;

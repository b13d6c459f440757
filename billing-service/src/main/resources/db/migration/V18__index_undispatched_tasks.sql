-- The tasks that wait for the dispatcher, in the order in which it takes them. A task that is marked as dispatched when
-- it is accepted never enters this index, so it is almost empty unless there is a backlog.
CREATE INDEX task_undispatched ON task (priority DESC, due_at, id)
  WHERE status IN ('PENDING', 'RETRY') AND dispatched_at IS NULL;

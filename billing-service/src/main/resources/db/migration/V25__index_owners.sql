-- A user who sees only the own tasks reads them in the order of this index. No column of it ever changes.
CREATE INDEX task_submitted_by ON task (submitted_by, created_at, id) WHERE submitted_by IS NOT NULL;

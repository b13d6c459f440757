CREATE INDEX task_group ON task (group_id, id) WHERE group_id IS NOT NULL;

-- What has ended, in the order in which it expires.
CREATE INDEX task_expiring ON task (expires_at) WHERE expires_at IS NOT NULL;

-- Ids of tasks, groups and sheets that are not kept any more, so that they are not taken for ids
-- that never were.
CREATE TABLE tombstone (
  id uuid PRIMARY KEY,
  expired_at timestamptz NOT NULL
);

CREATE INDEX tombstone_expired ON tombstone (expired_at);

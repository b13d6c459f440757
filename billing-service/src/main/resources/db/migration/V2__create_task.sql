CREATE TABLE task (
  id uuid PRIMARY KEY,
  task text NOT NULL,
  parameters jsonb NOT NULL,
  submitted_by text,
  retry_of uuid,
  group_id uuid,
  status text NOT NULL CHECK (status IN ('PENDING', 'STARTED', 'RETRY', 'SUCCESS', 'FAILURE', 'REVOKED')),
  priority smallint NOT NULL CHECK (priority BETWEEN 0 AND 9),
  eta timestamptz,
  due_at timestamptz NOT NULL,

  -- Of the last message about it; dispatched_at is null while no message is under way.
  dispatched_at timestamptz,
  dispatch_no integer NOT NULL DEFAULT 0,
  unclaimed_dispatches integer NOT NULL DEFAULT 0,

  -- Of the last attempt; 0 is before the first.
  attempt integer NOT NULL DEFAULT 0,
  max_attempts integer NOT NULL,
  claim_id uuid,
  worker_id text,
  attempt_started_at timestamptz,
  lease_until timestamptz,
  phase text,
  unit text,
  done bigint,
  total bigint,
  progressed_at timestamptz,

  result jsonb,
  error jsonb,
  event_seq integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  date_done timestamptz,
  expires_at timestamptz
);

-- The order in which waiting tasks are taken.
CREATE INDEX task_waiting ON task (priority DESC, due_at, id) WHERE status IN ('PENDING', 'RETRY');
-- What is offered to workers and unclaimed.
CREATE INDEX task_offered ON task (dispatched_at)
  WHERE status IN ('PENDING', 'RETRY') AND dispatched_at IS NOT NULL;
-- Holds no column that a heartbeat changes, so that a heartbeat touches no index.
CREATE INDEX task_started ON task (id) WHERE status = 'STARTED';
-- The newest dispatch that was claimed.
CREATE INDEX task_claimed ON task (dispatched_at) WHERE status NOT IN ('PENDING', 'RETRY');

CREATE TABLE task_event (
  task_id uuid NOT NULL REFERENCES task ON DELETE CASCADE,
  seq integer NOT NULL,
  at timestamptz NOT NULL,
  status text NOT NULL,
  attempt integer NOT NULL,
  worker_id text,
  reason text,
  PRIMARY KEY (task_id, seq)
);

CREATE TABLE worker (
  id text PRIMARY KEY,
  slots integer NOT NULL,
  free_slots integer NOT NULL,
  running jsonb NOT NULL,
  seen_at timestamptz NOT NULL
);

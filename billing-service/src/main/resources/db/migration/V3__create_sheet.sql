CREATE TABLE sheet (
  id uuid PRIMARY KEY,
  task_id uuid NOT NULL REFERENCES task ON DELETE CASCADE,
  -- Within the store.
  file text NOT NULL UNIQUE,
  file_name text NOT NULL,
  columns jsonb NOT NULL,
  rows bigint NOT NULL,
  totals jsonb NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  snapshot_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE INDEX sheet_task ON sheet (task_id);

-- Messages of the dispatch queue that no worker can make sense of, for somebody to look at.
CREATE TABLE unreadable_message (
  id uuid PRIMARY KEY,
  worker_id text NOT NULL,
  reason text NOT NULL,
  headers text NOT NULL,
  body bytea NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX unreadable_message_seen ON unreadable_message (seen_at);

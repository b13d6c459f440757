-- A ticket opens one live stream. It is deleted when it is used.
CREATE TABLE stream_ticket (
  -- SHA-256 of the ticket, in hex.
  ticket_hash    text        PRIMARY KEY,
  account_id     bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  -- The roles that the sender had when the ticket was made. The stream never gets others.
  roles          text[]      NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now(),
  expires_at     timestamptz NOT NULL,
  -- When the access token ends with which the ticket was made. An API key or a session has no such end.
  token_ends_at  timestamptz
);

CREATE INDEX stream_ticket_account ON stream_ticket (account_id, created_at);
CREATE INDEX stream_ticket_expiry ON stream_ticket (expires_at);

-- Keys with which programs act for a user.
CREATE TABLE api_key (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id   bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  name         text        NOT NULL,
  -- The beginning of the key, by which its owner recognizes it.
  prefix       text        NOT NULL,
  -- SHA-256 of the key, in hex.
  key_hash     text        NOT NULL UNIQUE,
  scopes       text[]      NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  -- Written at most once a minute.
  last_used_at timestamptz
);

CREATE INDEX api_key_account ON api_key (account_id, id);

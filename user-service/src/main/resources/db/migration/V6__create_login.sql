ALTER TABLE account ADD COLUMN password_changed_at timestamptz NOT NULL DEFAULT now();

-- A login is all refresh tokens that follow from one password. Only the latest of them is valid.
CREATE TABLE login (
  id          uuid        PRIMARY KEY,
  account_id  bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  address     text        NOT NULL,
  -- SHA-256 of the latest refresh token, in hex.
  token_hash  text        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL,
  -- When an earlier refresh token was used again, which ended the login.
  reused_at   timestamptz
);

CREATE INDEX login_account ON login (account_id, created_at);
CREATE INDEX login_expiry ON login (expires_at);

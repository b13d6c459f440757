-- The network addresses from which users have logged in. Failed logins from elsewhere do not keep a user out there, also
-- after a logout, which deletes the login.
CREATE TABLE known_address (
  account_id bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
  address    text        NOT NULL,
  -- Of the last login.
  seen_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, address)
);
CREATE INDEX known_address_seen ON known_address (seen_at);

INSERT INTO known_address (account_id, address, seen_at)
SELECT account_id, address, max(created_at) FROM login GROUP BY account_id, address;

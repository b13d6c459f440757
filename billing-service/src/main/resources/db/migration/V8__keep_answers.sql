-- Answers to creating requests, kept in the transaction that did what they asked for.
CREATE TABLE kept_answer (
  principal text NOT NULL,
  route text NOT NULL,
  key text NOT NULL,
  -- Null only within the transaction that keeps the answer.
  fingerprint text,
  status integer,
  location text,
  body text,
  kept_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (principal, route, key)
);

CREATE INDEX kept_answer_age ON kept_answer (kept_at);

-- The keys that sign access tokens. Whoever can read this table can make tokens.
CREATE TABLE signing_key (
  number     bigint      PRIMARY KEY,
  -- A private JSON Web Key. Its kid is in the header of each token.
  jwk        text        NOT NULL,
  signs_from timestamptz NOT NULL
);

-- Options of imports that are kept under a name.
CREATE TABLE import_profile (
  name text PRIMARY KEY,
  -- The query parameters of POST /imports, as text.
  options jsonb NOT NULL,
  -- The names of the columns of files that the profile is for; null if the profile does not say them.
  header jsonb,
  header_fingerprint text,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX import_profile_header ON import_profile (header_fingerprint, name) WHERE header_fingerprint IS NOT NULL;

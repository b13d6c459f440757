-- A user of an OpenID provider is known by the issuer and the subject, and has no password here. The email of such a user
-- proves nothing, so it may be that of another user.
ALTER TABLE account
  ALTER COLUMN password_hash DROP NOT NULL,
  -- The issuer.
  ADD COLUMN provider text,
  ADD COLUMN subject text,
  ADD CONSTRAINT account_login CHECK (
    (provider IS NULL) = (password_hash IS NOT NULL) AND (provider IS NULL) = (subject IS NULL));

CREATE UNIQUE INDEX account_subject_key ON account (provider, subject);

DROP INDEX account_email_key;
CREATE UNIQUE INDEX account_email_key ON account (lower(email)) WHERE provider IS NULL;

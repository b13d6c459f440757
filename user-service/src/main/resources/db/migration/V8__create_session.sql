-- A session is the login of a browser: its token is not replaced, and it ends if it is not used until this time.
-- Other logins have none.
ALTER TABLE login ADD COLUMN idle_until timestamptz;

#!/bin/sh
# Runs once, when the server's data is made: a database for each service, which belongs to a role that can do nothing else.
set -eu

database() { # NAME PASSWORD
  psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v name="$1" -v password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

database users "${USERS_PASSWORD:?}"
database billing "${BILLING_PASSWORD:?}"

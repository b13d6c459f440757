#!/bin/sh
# Runs once, when PostgreSQL creates its data. It creates a database for each service, and a role that owns this database
# and has no other permissions.
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

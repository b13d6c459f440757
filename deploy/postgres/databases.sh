#!/bin/sh
# Runs once, when PostgreSQL creates its data. It creates a database for each service, a role for the service, and a role
# that owns the database and carries out the migrations. The owner gives the role of the service its permissions. If the
# owner has no password, the role of the service owns the database.
set -eu

sql() { psql -v ON_ERROR_STOP=1 -q -U "$POSTGRES_USER" -d "$POSTGRES_DB" "$@"; }

role() { # NAME PASSWORD
  sql -v name="$1" -v password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
SQL
}

database() { # NAME OWNER
  sql -v name="$1" -v owner="$2" <<'SQL'
CREATE DATABASE :"name" OWNER :"owner";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"name" TO :"name";
\connect :"name"
-- Before PostgreSQL 15, everybody could create tables in this schema.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO :"owner";
SQL
}

service() { # NAME PASSWORD OWNER_PASSWORD
  role "$1" "$2"
  if [ -n "$3" ]; then
    role "$1_owner" "$3"
    database "$1" "$1_owner"
  else
    database "$1" "$1"
  fi
}

service users "${USERS_PASSWORD:?}" "${USERS_OWNER_PASSWORD:-}"
service billing "${BILLING_PASSWORD:?}" "${BILLING_OWNER_PASSWORD:-}"

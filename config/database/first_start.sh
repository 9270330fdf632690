#!/bin/sh
# Logins and database of production, on the first start of the server: the owner migrates, the others own nothing.
set -eu

psql --username postgres --set ON_ERROR_STOP=1 \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" \
    --set worker_password="$WORKER_PASSWORD" --set report_password="$REPORT_PASSWORD" \
    --set backup_password="$BACKUP_PASSWORD" --set seal="$(dirname "$0")/seal.psql" <<'SQL'
CREATE ROLE owner LOGIN NOSUPERUSER BYPASSRLS PASSWORD :'owner_password';
CREATE ROLE app_rt LOGIN NOSUPERUSER PASSWORD :'app_password';
CREATE ROLE worker_rt LOGIN NOSUPERUSER PASSWORD :'worker_password';
CREATE ROLE report_rt LOGIN NOSUPERUSER PASSWORD :'report_password';
CREATE ROLE backup_rt LOGIN NOSUPERUSER BYPASSRLS PASSWORD :'backup_password';
CREATE DATABASE ondersteuningsroute OWNER owner ENCODING 'UTF8' TEMPLATE template0;
\connect ondersteuningsroute
CREATE EXTENSION btree_gist;
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
ALTER SCHEMA public OWNER TO owner;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_rt, worker_rt;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO app_rt, worker_rt;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT SELECT ON TABLES TO backup_rt;
ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public GRANT SELECT ON SEQUENCES TO backup_rt;
\i :seal
SQL

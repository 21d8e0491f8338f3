-- Creates the schemas and logins of the platform in the database that psql is connected to, as often as you like:
--
--   psql --host … --username … --dbname monolith --file deploy/postgresql/logins.sql
--
-- Run it as a role that may create roles and owns the database. Passwords come from the environment, so that they
-- are in no file and on no command line: MIGRATION_PASSWORD, ORDERS_PASSWORD, RIDERS_PASSWORD, REVIEWS_PASSWORD and
-- IDENTITY_PASSWORD.
--
-- monolith_migration owns the tables and is used by the command 'migrate' alone. Each of the others reads and writes
-- the tables of its own schema and sees no other.
\set ON_ERROR_STOP on
\set QUIET on
\getenv migration_password MIGRATION_PASSWORD
\getenv orders_password ORDERS_PASSWORD
\getenv riders_password RIDERS_PASSWORD
\getenv reviews_password REVIEWS_PASSWORD
\getenv identity_password IDENTITY_PASSWORD

BEGIN;

CREATE TEMPORARY TABLE login (schema text, role text, password text) ON COMMIT DROP;
INSERT INTO login VALUES
  (NULL, 'monolith_migration', :'migration_password'),
  ('orders', 'monolith_orders', :'orders_password'),
  ('riders', 'monolith_riders', :'riders_password'),
  ('reviews', 'monolith_reviews', :'reviews_password'),
  ('identity', 'monolith_identity', :'identity_password');

SELECT format('CREATE ROLE %I', role) FROM login WHERE role NOT IN (SELECT rolname FROM pg_roles) \gexec
SELECT format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD %L', role, password) FROM login \gexec
SELECT format('GRANT monolith_migration TO %I', current_user) WHERE NOT pg_has_role('monolith_migration', 'MEMBER') \gexec

SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role) FROM login \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;

SELECT format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION monolith_migration', schema)
  FROM login WHERE schema IS NOT NULL \gexec
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', schema, role) FROM login WHERE schema IS NOT NULL \gexec
SELECT format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', schema, role)
  FROM login WHERE schema IS NOT NULL \gexec
-- An outbox whose sequence is behind its rows, as after a restore, is set right by the module itself.
SELECT format('GRANT SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA %I TO %I', schema, role)
  FROM login WHERE schema IS NOT NULL \gexec
SELECT format(
    'ALTER DEFAULT PRIVILEGES FOR ROLE monolith_migration IN SCHEMA %I GRANT SELECT, UPDATE ON SEQUENCES TO %I',
    schema, role)
  FROM login WHERE schema IS NOT NULL \gexec
SELECT format(
    'ALTER DEFAULT PRIVILEGES FOR ROLE monolith_migration IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I',
    schema, role)
  FROM login WHERE schema IS NOT NULL \gexec

COMMIT;

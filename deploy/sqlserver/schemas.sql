-- Creates the schemas of the platform and who may do what in them; run it in the platform's database, as its owner, after
-- deploy/sqlserver/logins.sql, as often as you like.
--
-- monolith_migration creates and changes tables and is used by the command 'migrate' alone. Each of the others reads and
-- writes the tables of its own schema and sees no other. A user that a restore has parted from its login is given it back.

-- Readers of a stream must not wait for those who write to it.
IF (SELECT [is_read_committed_snapshot_on] FROM [sys].[databases] WHERE [database_id] = DB_ID()) = 0
    EXEC (N'ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE');
GO

IF USER_ID(N'monolith_migration') IS NULL
    CREATE USER [monolith_migration] FOR LOGIN [monolith_migration];
ELSE
    ALTER USER [monolith_migration] WITH LOGIN = [monolith_migration];
GO
GRANT CREATE TABLE TO [monolith_migration];
GO

IF USER_ID(N'monolith_orders') IS NULL
    CREATE USER [monolith_orders] FOR LOGIN [monolith_orders] WITH DEFAULT_SCHEMA = [orders];
ELSE
    ALTER USER [monolith_orders] WITH LOGIN = [monolith_orders];
IF SCHEMA_ID(N'orders') IS NULL
    EXEC (N'CREATE SCHEMA [orders] AUTHORIZATION [monolith_migration]');
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[orders] TO [monolith_orders];
GO

IF USER_ID(N'monolith_riders') IS NULL
    CREATE USER [monolith_riders] FOR LOGIN [monolith_riders] WITH DEFAULT_SCHEMA = [riders];
ELSE
    ALTER USER [monolith_riders] WITH LOGIN = [monolith_riders];
IF SCHEMA_ID(N'riders') IS NULL
    EXEC (N'CREATE SCHEMA [riders] AUTHORIZATION [monolith_migration]');
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[riders] TO [monolith_riders];
GO

IF USER_ID(N'monolith_reviews') IS NULL
    CREATE USER [monolith_reviews] FOR LOGIN [monolith_reviews] WITH DEFAULT_SCHEMA = [reviews];
ELSE
    ALTER USER [monolith_reviews] WITH LOGIN = [monolith_reviews];
IF SCHEMA_ID(N'reviews') IS NULL
    EXEC (N'CREATE SCHEMA [reviews] AUTHORIZATION [monolith_migration]');
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[reviews] TO [monolith_reviews];
GO

IF USER_ID(N'monolith_identity') IS NULL
    CREATE USER [monolith_identity] FOR LOGIN [monolith_identity] WITH DEFAULT_SCHEMA = [identity];
ELSE
    ALTER USER [monolith_identity] WITH LOGIN = [monolith_identity];
IF SCHEMA_ID(N'identity') IS NULL
    EXEC (N'CREATE SCHEMA [identity] AUTHORIZATION [monolith_migration]');
GO
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[identity] TO [monolith_identity];
GO

-- Creates the logins of the platform on a server; run it in master, as an administrator:
--
--   sqlcmd -S … -d master -i deploy/sqlserver/logins.sql -v MigrationPassword="…" OrdersPassword="…" RidersPassword="…"
--     ReviewsPassword="…" IdentityPassword="…"
--
-- then deploy/sqlserver/schemas.sql in the platform's database. Passwords are passed in and are in no file.
IF SUSER_ID(N'monolith_migration') IS NULL
    CREATE LOGIN [monolith_migration] WITH PASSWORD = N'$(MigrationPassword)';
IF SUSER_ID(N'monolith_orders') IS NULL
    CREATE LOGIN [monolith_orders] WITH PASSWORD = N'$(OrdersPassword)';
IF SUSER_ID(N'monolith_riders') IS NULL
    CREATE LOGIN [monolith_riders] WITH PASSWORD = N'$(RidersPassword)';
IF SUSER_ID(N'monolith_reviews') IS NULL
    CREATE LOGIN [monolith_reviews] WITH PASSWORD = N'$(ReviewsPassword)';
IF SUSER_ID(N'monolith_identity') IS NULL
    CREATE LOGIN [monolith_identity] WITH PASSWORD = N'$(IdentityPassword)';

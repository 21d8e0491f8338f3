-- Creates the logins of the platform on a server; run it in master, as an administrator:
--
--   sqlcmd -S … -d master -i deploy/sqlserver/logins.sql -v MigrationPassword="…" OrdersPassword="…" RidersPassword="…"
--     ReviewsPassword="…" IdentityPassword="…"
--
-- then deploy/sqlserver/schemas.sql in the platform's database. Passwords are passed in and are in no file; an apostrophe
-- in one is written twice. Running it again with another password changes it.
--
-- On Azure a statement about a login must be the only one of its batch, so each is executed by itself.

DECLARE @login sysname = N'monolith_migration', @password nvarchar(128) = N'$(MigrationPassword)';
DECLARE @statement nvarchar(max) = IIF(SUSER_ID(@login) IS NULL, N'CREATE', N'ALTER')
    + N' LOGIN ' + QUOTENAME(@login) + N' WITH PASSWORD = N' + QUOTENAME(@password, N'''');
EXEC (@statement);
GO

DECLARE @login sysname = N'monolith_orders', @password nvarchar(128) = N'$(OrdersPassword)';
DECLARE @statement nvarchar(max) = IIF(SUSER_ID(@login) IS NULL, N'CREATE', N'ALTER')
    + N' LOGIN ' + QUOTENAME(@login) + N' WITH PASSWORD = N' + QUOTENAME(@password, N'''');
EXEC (@statement);
GO

DECLARE @login sysname = N'monolith_riders', @password nvarchar(128) = N'$(RidersPassword)';
DECLARE @statement nvarchar(max) = IIF(SUSER_ID(@login) IS NULL, N'CREATE', N'ALTER')
    + N' LOGIN ' + QUOTENAME(@login) + N' WITH PASSWORD = N' + QUOTENAME(@password, N'''');
EXEC (@statement);
GO

DECLARE @login sysname = N'monolith_reviews', @password nvarchar(128) = N'$(ReviewsPassword)';
DECLARE @statement nvarchar(max) = IIF(SUSER_ID(@login) IS NULL, N'CREATE', N'ALTER')
    + N' LOGIN ' + QUOTENAME(@login) + N' WITH PASSWORD = N' + QUOTENAME(@password, N'''');
EXEC (@statement);
GO

DECLARE @login sysname = N'monolith_identity', @password nvarchar(128) = N'$(IdentityPassword)';
DECLARE @statement nvarchar(max) = IIF(SUSER_ID(@login) IS NULL, N'CREATE', N'ALTER')
    + N' LOGIN ' + QUOTENAME(@login) + N' WITH PASSWORD = N' + QUOTENAME(@password, N'''');
EXEC (@statement);
GO

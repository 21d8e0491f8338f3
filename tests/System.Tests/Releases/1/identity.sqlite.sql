PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "migration" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK_migration" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO migration VALUES('20261122185309_Initial','10.0.14');
INSERT INTO migration VALUES('20261122223301_ReplicaState','10.0.14');
CREATE TABLE IF NOT EXISTS "account" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_account" PRIMARY KEY,
    "Role" TEXT NOT NULL,
    "StoreId" TEXT NULL,
    "IsDemo" INTEGER NOT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" TEXT NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL
);
INSERT INTO account VALUES('0199C000-0000-7000-8000-000000000001','customer',NULL,1,'customer@demo.local','CUSTOMER@DEMO.LOCAL','customer@demo.local','CUSTOMER@DEMO.LOCAL',1,'AQAAAAIAAYagAAAAEF/suQtbOux3wLLLnuxPwhO4rRM3x1dcrMw9uIvVlPTJbYID1d8RDAkH+3ZaO7wxCA==','0199c000000070008000000000000001','093c2ea4-99e5-4d6a-97e7-51f9632056ab',NULL,0,0,NULL,1,0);
INSERT INTO account VALUES('0199C000-0000-7000-8000-000000000002','customer',NULL,1,'customer2@demo.local','CUSTOMER2@DEMO.LOCAL','customer2@demo.local','CUSTOMER2@DEMO.LOCAL',1,'AQAAAAIAAYagAAAAEF/suQtbOux3wLLLnuxPwhO4rRM3x1dcrMw9uIvVlPTJbYID1d8RDAkH+3ZaO7wxCA==','0199c000000070008000000000000002','bc75b273-18f0-4595-9c4c-967da586647a',NULL,0,0,NULL,1,0);
INSERT INTO account VALUES('0199C000-0000-7000-8000-000000000003','store','0199C000-0000-7000-8000-000000000101',1,'store@demo.local','STORE@DEMO.LOCAL','store@demo.local','STORE@DEMO.LOCAL',1,'AQAAAAIAAYagAAAAEF/suQtbOux3wLLLnuxPwhO4rRM3x1dcrMw9uIvVlPTJbYID1d8RDAkH+3ZaO7wxCA==','0199c000000070008000000000000003','44bc8086-6019-4565-a30e-7574e7f40216',NULL,0,0,NULL,1,0);
INSERT INTO account VALUES('0199C000-0000-7000-8000-000000000004','rider',NULL,1,'rider@demo.local','RIDER@DEMO.LOCAL','rider@demo.local','RIDER@DEMO.LOCAL',1,'AQAAAAIAAYagAAAAEF/suQtbOux3wLLLnuxPwhO4rRM3x1dcrMw9uIvVlPTJbYID1d8RDAkH+3ZaO7wxCA==','0199c000000070008000000000000004','9193aab5-725a-40a8-b6a6-9c36c018dc54',NULL,0,0,NULL,1,0);
INSERT INTO account VALUES('0199C000-0000-7000-8000-000000000005','operator',NULL,1,'operator@demo.local','OPERATOR@DEMO.LOCAL','operator@demo.local','OPERATOR@DEMO.LOCAL',1,'AQAAAAIAAYagAAAAEF/suQtbOux3wLLLnuxPwhO4rRM3x1dcrMw9uIvVlPTJbYID1d8RDAkH+3ZaO7wxCA==','0199c000000070008000000000000005','ff8d6002-5fc4-4a0e-a003-ece9b8b8d418',NULL,0,0,NULL,1,0);
CREATE TABLE IF NOT EXISTS "OpenIddictApplications" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OpenIddictApplications" PRIMARY KEY,
    "ApplicationType" TEXT NULL,
    "ClientId" TEXT NULL,
    "ClientSecret" TEXT NULL,
    "ClientType" TEXT NULL,
    "ConcurrencyToken" TEXT NULL,
    "ConsentType" TEXT NULL,
    "DisplayName" TEXT NULL,
    "DisplayNames" TEXT NULL,
    "JsonWebKeySet" TEXT NULL,
    "Permissions" TEXT NULL,
    "PostLogoutRedirectUris" TEXT NULL,
    "Properties" TEXT NULL,
    "RedirectUris" TEXT NULL,
    "Requirements" TEXT NULL,
    "Settings" TEXT NULL
);
INSERT INTO OpenIddictApplications VALUES('08b4a03b-63df-4a9a-8d5f-9f21fb228bce',NULL,'monolith-cli',NULL,'public','633b7cd6-3ab8-48aa-bca9-3a49b9aca3dd',NULL,'Command line',NULL,NULL,'["ept:token","gt:password","gt:refresh_token"]',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "OpenIddictScopes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OpenIddictScopes" PRIMARY KEY,
    "ConcurrencyToken" TEXT NULL,
    "Description" TEXT NULL,
    "Descriptions" TEXT NULL,
    "DisplayName" TEXT NULL,
    "DisplayNames" TEXT NULL,
    "Name" TEXT NULL,
    "Properties" TEXT NULL,
    "Resources" TEXT NULL
);
CREATE TABLE IF NOT EXISTS "account_claim" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_account_claim" PRIMARY KEY AUTOINCREMENT,
    "UserId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_account_claim_account_UserId" FOREIGN KEY ("UserId") REFERENCES "account" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "account_login" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "PK_account_login" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_account_login_account_UserId" FOREIGN KEY ("UserId") REFERENCES "account" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "account_token" (
    "UserId" TEXT NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_account_token" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_account_token_account_UserId" FOREIGN KEY ("UserId") REFERENCES "account" ("Id") ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS "OpenIddictAuthorizations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OpenIddictAuthorizations" PRIMARY KEY,
    "ApplicationId" TEXT NULL,
    "ConcurrencyToken" TEXT NULL,
    "CreationDate" TEXT NULL,
    "Properties" TEXT NULL,
    "Scopes" TEXT NULL,
    "Status" TEXT NULL,
    "Subject" TEXT NULL,
    "Type" TEXT NULL,
    CONSTRAINT "FK_OpenIddictAuthorizations_OpenIddictApplications_ApplicationId" FOREIGN KEY ("ApplicationId") REFERENCES "OpenIddictApplications" ("Id")
);
CREATE TABLE IF NOT EXISTS "OpenIddictTokens" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OpenIddictTokens" PRIMARY KEY,
    "ApplicationId" TEXT NULL,
    "AuthorizationId" TEXT NULL,
    "ConcurrencyToken" TEXT NULL,
    "CreationDate" TEXT NULL,
    "ExpirationDate" TEXT NULL,
    "Payload" TEXT NULL,
    "Properties" TEXT NULL,
    "RedemptionDate" TEXT NULL,
    "ReferenceId" TEXT NULL,
    "Status" TEXT NULL,
    "Subject" TEXT NULL,
    "Type" TEXT NULL,
    CONSTRAINT "FK_OpenIddictTokens_OpenIddictApplications_ApplicationId" FOREIGN KEY ("ApplicationId") REFERENCES "OpenIddictApplications" ("Id"),
    CONSTRAINT "FK_OpenIddictTokens_OpenIddictAuthorizations_AuthorizationId" FOREIGN KEY ("AuthorizationId") REFERENCES "OpenIddictAuthorizations" ("Id")
);
CREATE TABLE IF NOT EXISTS "protection_key" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_protection_key" PRIMARY KEY,
    "Xml" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "token_window" (
    "Client" TEXT NOT NULL,
    "Minute" INTEGER NOT NULL,
    "Requests" INTEGER NOT NULL,
    CONSTRAINT "PK_token_window" PRIMARY KEY ("Client", "Minute")
);
DELETE FROM sqlite_sequence;
CREATE INDEX "EmailIndex" ON "account" ("NormalizedEmail");
CREATE UNIQUE INDEX "UserNameIndex" ON "account" ("NormalizedUserName");
CREATE INDEX "IX_account_claim_UserId" ON "account_claim" ("UserId");
CREATE INDEX "IX_account_login_UserId" ON "account_login" ("UserId");
CREATE UNIQUE INDEX "IX_OpenIddictApplications_ClientId" ON "OpenIddictApplications" ("ClientId");
CREATE INDEX "IX_OpenIddictAuthorizations_ApplicationId_Status_Subject_Type" ON "OpenIddictAuthorizations" ("ApplicationId", "Status", "Subject", "Type");
CREATE UNIQUE INDEX "IX_OpenIddictScopes_Name" ON "OpenIddictScopes" ("Name");
CREATE INDEX "IX_OpenIddictTokens_ApplicationId_Status_Subject_Type" ON "OpenIddictTokens" ("ApplicationId", "Status", "Subject", "Type");
CREATE INDEX "IX_OpenIddictTokens_AuthorizationId" ON "OpenIddictTokens" ("AuthorizationId");
CREATE UNIQUE INDEX "IX_OpenIddictTokens_ReferenceId" ON "OpenIddictTokens" ("ReferenceId");
COMMIT;

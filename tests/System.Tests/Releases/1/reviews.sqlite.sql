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
INSERT INTO migration VALUES('20261122194333_Initial','10.0.14');
CREATE TABLE IF NOT EXISTS "cursor" (
    "Stream" TEXT NOT NULL CONSTRAINT "PK_cursor" PRIMARY KEY,
    "Position" INTEGER NOT NULL,
    "Replays" INTEGER NOT NULL,
    "LeaseOwner" TEXT NULL,
    "LeasedUntil" INTEGER NULL
);
INSERT INTO cursor VALUES('orders',21,0,'01A21DA5-13ED-7862-ADFB-5144048AE691',NULL);
CREATE TABLE IF NOT EXISTS "dead_letter" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_dead_letter" PRIMARY KEY,
    "Stream" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "EventId" TEXT NOT NULL,
    "Type" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Payload" TEXT NOT NULL,
    "OccurredAt" INTEGER NOT NULL,
    "TraceParent" TEXT NULL,
    "Error" TEXT NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "FirstFailedAt" INTEGER NOT NULL,
    "LastFailedAt" INTEGER NOT NULL,
    "ReplayRequestedAt" INTEGER NULL,
    "DiscardedAt" INTEGER NULL
);
CREATE TABLE IF NOT EXISTS "idempotency_key" (
    "CallerId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "Answer" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    CONSTRAINT "PK_idempotency_key" PRIMARY KEY ("CallerId", "Key")
);
CREATE TABLE IF NOT EXISTS "outbox" (
    "Position" INTEGER NOT NULL CONSTRAINT "PK_outbox" PRIMARY KEY AUTOINCREMENT,
    "EventId" TEXT NOT NULL,
    "Type" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Payload" TEXT NOT NULL,
    "OccurredAt" INTEGER NOT NULL,
    "TraceParent" TEXT NULL
);
INSERT INTO outbox VALUES(1,'01A21DA3-B1E9-7723-A6A1-A67BFE47AA49','reviews.review-published.v1','01A21DA3-B157-7D8D-8699-09C7B497A0DF','{"reviewId":"01a21da3-b157-7d8d-8699-09c7b497a0df","orderId":"01a21da3-a050-7ec2-aefb-8c8d64c18bb6","storeId":"0199c000-0000-7000-8000-000000000101","riderId":"0199c000-0000-7000-8000-000000000004","foodRating":5,"deliveryRating":5,"publishedAt":"2026-11-27T15:33:16.9047553+00:00"}',639313903969053910,'00-f5c2e5b4ed4622a416422fdf641f2a56-cd8aaaba13cf9879-00');
INSERT INTO outbox VALUES(2,'01A21DA3-B200-735A-8956-BF883FF8E819','reviews.store-rating-changed.v1','0199C000-0000-7000-8000-000000000101','{"storeId":"0199c000-0000-7000-8000-000000000101","average":5,"count":1,"revision":1,"changedAt":"2026-11-27T15:33:16.9047553+00:00"}',639313903969283850,'00-f5c2e5b4ed4622a416422fdf641f2a56-cd8aaaba13cf9879-00');
CREATE TABLE IF NOT EXISTS "review" (
    "ReviewId" TEXT NOT NULL CONSTRAINT "PK_review" PRIMARY KEY,
    "OrderId" TEXT NOT NULL,
    "StoreId" TEXT NOT NULL,
    "RiderId" TEXT NOT NULL,
    "AuthorId" TEXT NOT NULL,
    "Status" TEXT NOT NULL,
    "FoodRating" INTEGER NOT NULL,
    "DeliveryRating" INTEGER NOT NULL,
    "Text" TEXT NOT NULL,
    "WrittenAt" INTEGER NOT NULL,
    "EditedAt" INTEGER NULL,
    "EditableUntil" INTEGER NOT NULL,
    "DisputeDeadline" INTEGER NULL,
    "OpenReports" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "Dispute_EndedAt" INTEGER NULL,
    "Dispute_OpenedAt" INTEGER NULL,
    "Dispute_Outcome" TEXT NULL,
    "Dispute_Reason" TEXT NULL,
    "Reply_EditedAt" INTEGER NULL,
    "Reply_RepliedAt" INTEGER NULL,
    "Reply_Text" TEXT NULL,
    "Reports" TEXT NULL
);
INSERT INTO review VALUES('01A21DA3-B157-7D8D-8699-09C7B497A0DF','01A21DA3-A050-7EC2-AEFB-8C8D64C18BB6','0199C000-0000-7000-8000-000000000101','0199C000-0000-7000-8000-000000000004','0199C000-0000-7000-8000-000000000001','Published',5,5,'Still hot.',639313903967596459,NULL,639314767967596459,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]');
CREATE TABLE IF NOT EXISTS "review_eligibility" (
    "OrderId" TEXT NOT NULL CONSTRAINT "PK_review_eligibility" PRIMARY KEY,
    "StoreId" TEXT NOT NULL,
    "CustomerId" TEXT NOT NULL,
    "RiderId" TEXT NOT NULL,
    "DeliveredAt" INTEGER NOT NULL,
    "ReviewableUntil" INTEGER NOT NULL,
    "ReviewId" TEXT NULL,
    "Version" INTEGER NOT NULL
);
INSERT INTO review_eligibility VALUES('01A21DA3-A050-7EC2-AEFB-8C8D64C18BB6','0199C000-0000-7000-8000-000000000101','0199C000-0000-7000-8000-000000000001','0199C000-0000-7000-8000-000000000004',639313903957329075,639335503957329075,'01A21DA3-B157-7D8D-8699-09C7B497A0DF',1);
CREATE TABLE IF NOT EXISTS "rider_standing" (
    "RiderId" TEXT NOT NULL CONSTRAINT "PK_rider_standing" PRIMARY KEY,
    "Delivered" INTEGER NOT NULL,
    "FailedByOwnFault" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "Scores_Fives" INTEGER NOT NULL,
    "Scores_Fours" INTEGER NOT NULL,
    "Scores_Ones" INTEGER NOT NULL,
    "Scores_Threes" INTEGER NOT NULL,
    "Scores_Twos" INTEGER NOT NULL
);
INSERT INTO rider_standing VALUES('0199C000-0000-7000-8000-000000000004',1,0,1,1,0,0,0,0);
CREATE TABLE IF NOT EXISTS "store_rating" (
    "StoreId" TEXT NOT NULL CONSTRAINT "PK_store_rating" PRIMARY KEY,
    "Revision" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "Delivery_Fives" INTEGER NOT NULL,
    "Delivery_Fours" INTEGER NOT NULL,
    "Delivery_Ones" INTEGER NOT NULL,
    "Delivery_Threes" INTEGER NOT NULL,
    "Delivery_Twos" INTEGER NOT NULL,
    "Food_Fives" INTEGER NOT NULL,
    "Food_Fours" INTEGER NOT NULL,
    "Food_Ones" INTEGER NOT NULL,
    "Food_Threes" INTEGER NOT NULL,
    "Food_Twos" INTEGER NOT NULL
);
INSERT INTO store_rating VALUES('0199C000-0000-7000-8000-000000000101',1,1,1,0,0,0,0,1,0,0,0,0);
CREATE TABLE IF NOT EXISTS "undelivered_order" (
    "OrderId" TEXT NOT NULL CONSTRAINT "PK_undelivered_order" PRIMARY KEY,
    "StoreId" TEXT NOT NULL,
    "RiderId" TEXT NULL,
    "Reason" TEXT NOT NULL,
    "Fault" TEXT NOT NULL,
    "FailedAt" INTEGER NOT NULL
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('outbox',2);
CREATE UNIQUE INDEX "IX_dead_letter_Stream_Position" ON "dead_letter" ("Stream", "Position");
CREATE INDEX "IX_idempotency_key_CreatedAt" ON "idempotency_key" ("CreatedAt");
CREATE INDEX "IX_review_AuthorId_WrittenAt" ON "review" ("AuthorId", "WrittenAt");
CREATE INDEX "IX_review_DisputeDeadline" ON "review" ("DisputeDeadline");
CREATE INDEX "IX_review_OpenReports" ON "review" ("OpenReports");
CREATE UNIQUE INDEX "IX_review_OrderId" ON "review" ("OrderId");
CREATE INDEX "IX_review_StoreId_Status_FoodRating_WrittenAt" ON "review" ("StoreId", "Status", "FoodRating", "WrittenAt");
CREATE INDEX "IX_review_StoreId_Status_WrittenAt" ON "review" ("StoreId", "Status", "WrittenAt");
CREATE INDEX "IX_review_eligibility_CustomerId_DeliveredAt" ON "review_eligibility" ("CustomerId", "DeliveredAt");
CREATE INDEX "IX_undelivered_order_RiderId" ON "undelivered_order" ("RiderId");
COMMIT;

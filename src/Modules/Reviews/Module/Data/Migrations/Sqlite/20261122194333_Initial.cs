using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Reviews.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "reviews");

            migrationBuilder.CreateTable(
                name: "cursor",
                schema: "reviews",
                columns: table => new
                {
                    Stream = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    Replays = table.Column<long>(type: "INTEGER", nullable: false),
                    LeaseOwner = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeasedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cursor", x => x.Stream);
                }
            );

            migrationBuilder.CreateTable(
                name: "dead_letter",
                schema: "reviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Stream = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    EventId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Key = table.Column<Guid>(type: "TEXT", nullable: false),
                    Payload = table.Column<string>(type: "TEXT", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    TraceParent = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Error = table.Column<string>(type: "TEXT", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstFailedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastFailedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReplayRequestedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DiscardedAt = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dead_letter", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "idempotency_key",
                schema: "reviews",
                columns: table => new
                {
                    CallerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Fingerprint = table.Column<string>(
                        type: "TEXT",
                        fixedLength: true,
                        maxLength: 64,
                        nullable: false
                    ),
                    Answer = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_key", x => new { x.CallerId, x.Key });
                }
            );

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "reviews",
                columns: table => new
                {
                    Position = table
                        .Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    EventId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Key = table.Column<Guid>(type: "TEXT", nullable: false),
                    Payload = table.Column<string>(type: "TEXT", nullable: false),
                    OccurredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    TraceParent = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.Position);
                }
            );

            migrationBuilder.CreateTable(
                name: "review",
                schema: "reviews",
                columns: table => new
                {
                    ReviewId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StoreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AuthorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FoodRating = table.Column<int>(type: "INTEGER", nullable: false),
                    DeliveryRating = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    WrittenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EditedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EditableUntil = table.Column<long>(type: "INTEGER", nullable: false),
                    DisputeDeadline = table.Column<long>(type: "INTEGER", nullable: true),
                    OpenReports = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Dispute_EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Dispute_OpenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Dispute_Outcome = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Dispute_Reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Reply_EditedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reply_RepliedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reply_Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Reports = table.Column<string>(type: "TEXT", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_review", x => x.ReviewId);
                }
            );

            migrationBuilder.CreateTable(
                name: "review_eligibility",
                schema: "reviews",
                columns: table => new
                {
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StoreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CustomerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DeliveredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReviewableUntil = table.Column<long>(type: "INTEGER", nullable: false),
                    ReviewId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_review_eligibility", x => x.OrderId);
                }
            );

            migrationBuilder.CreateTable(
                name: "rider_standing",
                schema: "reviews",
                columns: table => new
                {
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Delivered = table.Column<int>(type: "INTEGER", nullable: false),
                    FailedByOwnFault = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Scores_Fives = table.Column<int>(type: "INTEGER", nullable: false),
                    Scores_Fours = table.Column<int>(type: "INTEGER", nullable: false),
                    Scores_Ones = table.Column<int>(type: "INTEGER", nullable: false),
                    Scores_Threes = table.Column<int>(type: "INTEGER", nullable: false),
                    Scores_Twos = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rider_standing", x => x.RiderId);
                }
            );

            migrationBuilder.CreateTable(
                name: "store_rating",
                schema: "reviews",
                columns: table => new
                {
                    StoreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Revision = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Delivery_Fives = table.Column<int>(type: "INTEGER", nullable: false),
                    Delivery_Fours = table.Column<int>(type: "INTEGER", nullable: false),
                    Delivery_Ones = table.Column<int>(type: "INTEGER", nullable: false),
                    Delivery_Threes = table.Column<int>(type: "INTEGER", nullable: false),
                    Delivery_Twos = table.Column<int>(type: "INTEGER", nullable: false),
                    Food_Fives = table.Column<int>(type: "INTEGER", nullable: false),
                    Food_Fours = table.Column<int>(type: "INTEGER", nullable: false),
                    Food_Ones = table.Column<int>(type: "INTEGER", nullable: false),
                    Food_Threes = table.Column<int>(type: "INTEGER", nullable: false),
                    Food_Twos = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_store_rating", x => x.StoreId);
                }
            );

            migrationBuilder.CreateTable(
                name: "undelivered_order",
                schema: "reviews",
                columns: table => new
                {
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StoreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Fault = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    FailedAt = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_undelivered_order", x => x.OrderId);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_dead_letter_Stream_Position",
                schema: "reviews",
                table: "dead_letter",
                columns: new[] { "Stream", "Position" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_key_CreatedAt",
                schema: "reviews",
                table: "idempotency_key",
                column: "CreatedAt"
            );

            migrationBuilder.CreateIndex(
                name: "IX_review_AuthorId_WrittenAt",
                schema: "reviews",
                table: "review",
                columns: new[] { "AuthorId", "WrittenAt" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_review_DisputeDeadline",
                schema: "reviews",
                table: "review",
                column: "DisputeDeadline"
            );

            migrationBuilder.CreateIndex(
                name: "IX_review_OpenReports",
                schema: "reviews",
                table: "review",
                column: "OpenReports"
            );

            migrationBuilder.CreateIndex(
                name: "IX_review_OrderId",
                schema: "reviews",
                table: "review",
                column: "OrderId",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_review_StoreId_Status_FoodRating_WrittenAt",
                schema: "reviews",
                table: "review",
                columns: new[] { "StoreId", "Status", "FoodRating", "WrittenAt" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_review_StoreId_Status_WrittenAt",
                schema: "reviews",
                table: "review",
                columns: new[] { "StoreId", "Status", "WrittenAt" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_review_eligibility_CustomerId_DeliveredAt",
                schema: "reviews",
                table: "review_eligibility",
                columns: new[] { "CustomerId", "DeliveredAt" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_undelivered_order_RiderId",
                schema: "reviews",
                table: "undelivered_order",
                column: "RiderId"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "cursor", schema: "reviews");

            migrationBuilder.DropTable(name: "dead_letter", schema: "reviews");

            migrationBuilder.DropTable(name: "idempotency_key", schema: "reviews");

            migrationBuilder.DropTable(name: "outbox", schema: "reviews");

            migrationBuilder.DropTable(name: "review", schema: "reviews");

            migrationBuilder.DropTable(name: "review_eligibility", schema: "reviews");

            migrationBuilder.DropTable(name: "rider_standing", schema: "reviews");

            migrationBuilder.DropTable(name: "store_rating", schema: "reviews");

            migrationBuilder.DropTable(name: "undelivered_order", schema: "reviews");
        }
    }
}

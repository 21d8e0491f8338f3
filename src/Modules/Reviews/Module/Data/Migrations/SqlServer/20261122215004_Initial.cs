using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Reviews.Data.Migrations.SqlServer
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
                    Stream = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Position = table.Column<long>(type: "bigint", nullable: false),
                    Replays = table.Column<long>(type: "bigint", nullable: false),
                    LeaseOwner = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    LeasedUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Stream = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Position = table.Column<long>(type: "bigint", nullable: false),
                    EventId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Type = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Payload = table.Column<string>(
                        type: "nvarchar(max)",
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    TraceParent = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Error = table.Column<string>(
                        type: "nvarchar(max)",
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    FirstFailedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    LastFailedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ReplayRequestedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    DiscardedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
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
                    CallerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Key = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Fingerprint = table.Column<string>(
                        type: "nchar(64)",
                        fixedLength: true,
                        maxLength: 64,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Answer = table.Column<string>(
                        type: "nvarchar(max)",
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
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
                        .Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    EventId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Type = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Payload = table.Column<string>(
                        type: "nvarchar(max)",
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    OccurredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    TraceParent = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
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
                    ReviewId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OrderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StoreId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AuthorId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Status = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    FoodRating = table.Column<int>(type: "int", nullable: false),
                    DeliveryRating = table.Column<int>(type: "int", nullable: false),
                    Text = table.Column<string>(
                        type: "nvarchar(1000)",
                        maxLength: 1000,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    WrittenAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    EditedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    EditableUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    DisputeDeadline = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    OpenReports = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Dispute_EndedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Dispute_OpenedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Dispute_Outcome = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Dispute_Reason = table.Column<string>(
                        type: "nvarchar(1000)",
                        maxLength: 1000,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Reply_EditedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Reply_RepliedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Reply_Text = table.Column<string>(
                        type: "nvarchar(1000)",
                        maxLength: 1000,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Reports = table.Column<string>(type: "nvarchar(max)", nullable: true),
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
                    OrderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StoreId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CustomerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DeliveredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ReviewableUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ReviewId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
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
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Delivered = table.Column<int>(type: "int", nullable: false),
                    FailedByOwnFault = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Scores_Fives = table.Column<int>(type: "int", nullable: false),
                    Scores_Fours = table.Column<int>(type: "int", nullable: false),
                    Scores_Ones = table.Column<int>(type: "int", nullable: false),
                    Scores_Threes = table.Column<int>(type: "int", nullable: false),
                    Scores_Twos = table.Column<int>(type: "int", nullable: false),
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
                    StoreId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Delivery_Fives = table.Column<int>(type: "int", nullable: false),
                    Delivery_Fours = table.Column<int>(type: "int", nullable: false),
                    Delivery_Ones = table.Column<int>(type: "int", nullable: false),
                    Delivery_Threes = table.Column<int>(type: "int", nullable: false),
                    Delivery_Twos = table.Column<int>(type: "int", nullable: false),
                    Food_Fives = table.Column<int>(type: "int", nullable: false),
                    Food_Fours = table.Column<int>(type: "int", nullable: false),
                    Food_Ones = table.Column<int>(type: "int", nullable: false),
                    Food_Threes = table.Column<int>(type: "int", nullable: false),
                    Food_Twos = table.Column<int>(type: "int", nullable: false),
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
                    OrderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StoreId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Reason = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Fault = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    FailedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
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

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Riders.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "riders");

            migrationBuilder.CreateTable(
                name: "cursor",
                schema: "riders",
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
                schema: "riders",
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
                name: "delivery",
                schema: "riders",
                columns: table => new
                {
                    DeliveryId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OrderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StoreId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CustomerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StoreName = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    StoreAddress = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    DropOffAddress = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Metres = table.Column<double>(type: "float", nullable: false),
                    Status = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    RequestedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ReadyAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    FoodIsReady = table.Column<bool>(type: "bit", nullable: false),
                    AssignedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    EstimatedPickUpAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    EstimatedDropOffAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    PickedUpAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    FinishedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    FailureReason = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    DueAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Round = table.Column<int>(type: "int", nullable: false),
                    RoundStartedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    SearchAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    OfferExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    NoRiderSince = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ProgressDueAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    AssignPromise_DueAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset",
                        nullable: false
                    ),
                    AssignPromise_MissedAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset",
                        nullable: true
                    ),
                    DropOffPlace_Latitude = table.Column<double>(type: "float", nullable: false),
                    DropOffPlace_Longitude = table.Column<double>(type: "float", nullable: false),
                    DropOffPromise_DueAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset",
                        nullable: false
                    ),
                    DropOffPromise_MissedAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset",
                        nullable: true
                    ),
                    Pay_Amount = table.Column<decimal>(
                        type: "decimal(19,4)",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Pay_Currency = table.Column<string>(
                        type: "nvarchar(3)",
                        maxLength: 3,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    PickUpPlace_Latitude = table.Column<double>(type: "float", nullable: false),
                    PickUpPlace_Longitude = table.Column<double>(type: "float", nullable: false),
                    PickUpPromise_DueAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset",
                        nullable: false
                    ),
                    PickUpPromise_MissedAt = table.Column<DateTimeOffset>(
                        type: "datetimeoffset",
                        nullable: true
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery", x => x.DeliveryId);
                }
            );

            migrationBuilder.CreateTable(
                name: "earning",
                schema: "riders",
                columns: table => new
                {
                    DeliveryId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OrderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Metres = table.Column<double>(type: "float", nullable: false),
                    EarnedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Pay_Amount = table.Column<decimal>(
                        type: "decimal(19,4)",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Pay_Currency = table.Column<string>(
                        type: "nvarchar(3)",
                        maxLength: 3,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_earning", x => x.DeliveryId);
                }
            );

            migrationBuilder.CreateTable(
                name: "idempotency_key",
                schema: "riders",
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
                schema: "riders",
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
                name: "rider",
                schema: "riders",
                columns: table => new
                {
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    State = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    OnShift = table.Column<bool>(type: "bit", nullable: false),
                    LiveOfferId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Load = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rider", x => x.RiderId);
                }
            );

            migrationBuilder.CreateTable(
                name: "rider_location",
                schema: "riders",
                columns: table => new
                {
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Latitude = table.Column<double>(type: "float", nullable: false),
                    Longitude = table.Column<double>(type: "float", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rider_location", x => x.RiderId);
                }
            );

            migrationBuilder.CreateTable(
                name: "delivery_offer",
                schema: "riders",
                columns: table => new
                {
                    OfferId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Round = table.Column<int>(type: "int", nullable: false),
                    MetresToPickUp = table.Column<double>(type: "float", nullable: false),
                    OfferedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    State = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    DeliveryId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery_offer", x => x.OfferId);
                    table.ForeignKey(
                        name: "FK_delivery_offer_delivery_DeliveryId",
                        column: x => x.DeliveryId,
                        principalSchema: "riders",
                        principalTable: "delivery",
                        principalColumn: "DeliveryId",
                        onDelete: ReferentialAction.Cascade
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_dead_letter_Stream_Position",
                schema: "riders",
                table: "dead_letter",
                columns: new[] { "Stream", "Position" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_delivery_DueAt",
                schema: "riders",
                table: "delivery",
                column: "DueAt"
            );

            migrationBuilder.CreateIndex(
                name: "IX_delivery_OrderId",
                schema: "riders",
                table: "delivery",
                column: "OrderId",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_delivery_RequestedAt_DeliveryId",
                schema: "riders",
                table: "delivery",
                columns: new[] { "RequestedAt", "DeliveryId" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_delivery_RiderId_Status",
                schema: "riders",
                table: "delivery",
                columns: new[] { "RiderId", "Status" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_delivery_offer_DeliveryId",
                schema: "riders",
                table: "delivery_offer",
                column: "DeliveryId"
            );

            migrationBuilder.CreateIndex(
                name: "IX_delivery_offer_RiderId_State",
                schema: "riders",
                table: "delivery_offer",
                columns: new[] { "RiderId", "State" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_earning_RiderId_Day",
                schema: "riders",
                table: "earning",
                columns: new[] { "RiderId", "Day" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_key_CreatedAt",
                schema: "riders",
                table: "idempotency_key",
                column: "CreatedAt"
            );

            migrationBuilder.CreateIndex(
                name: "IX_rider_OnShift",
                schema: "riders",
                table: "rider",
                column: "OnShift"
            );

            migrationBuilder.CreateIndex(
                name: "IX_rider_location_At",
                schema: "riders",
                table: "rider_location",
                column: "At"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "cursor", schema: "riders");

            migrationBuilder.DropTable(name: "dead_letter", schema: "riders");

            migrationBuilder.DropTable(name: "delivery_offer", schema: "riders");

            migrationBuilder.DropTable(name: "earning", schema: "riders");

            migrationBuilder.DropTable(name: "idempotency_key", schema: "riders");

            migrationBuilder.DropTable(name: "outbox", schema: "riders");

            migrationBuilder.DropTable(name: "rider", schema: "riders");

            migrationBuilder.DropTable(name: "rider_location", schema: "riders");

            migrationBuilder.DropTable(name: "delivery", schema: "riders");
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Riders.Data.Migrations.Sqlite
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
                schema: "riders",
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
                name: "delivery",
                schema: "riders",
                columns: table => new
                {
                    DeliveryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StoreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CustomerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StoreName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    StoreAddress = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    DropOffAddress = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Metres = table.Column<double>(type: "REAL", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: true),
                    RequestedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReadyAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FoodIsReady = table.Column<bool>(type: "INTEGER", nullable: false),
                    AssignedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EstimatedPickUpAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EstimatedDropOffAt = table.Column<long>(type: "INTEGER", nullable: true),
                    PickedUpAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FailureReason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    RoundStartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SearchAt = table.Column<long>(type: "INTEGER", nullable: true),
                    OfferExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    NoRiderSince = table.Column<long>(type: "INTEGER", nullable: true),
                    ProgressDueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    AssignPromise_DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AssignPromise_MissedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DropOffPlace_Latitude = table.Column<double>(type: "REAL", nullable: false),
                    DropOffPlace_Longitude = table.Column<double>(type: "REAL", nullable: false),
                    DropOffPromise_DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DropOffPromise_MissedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Pay_Amount = table.Column<decimal>(
                        type: "TEXT",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Pay_Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    PickUpPlace_Latitude = table.Column<double>(type: "REAL", nullable: false),
                    PickUpPlace_Longitude = table.Column<double>(type: "REAL", nullable: false),
                    PickUpPromise_DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    PickUpPromise_MissedAt = table.Column<long>(type: "INTEGER", nullable: true),
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
                    DeliveryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Metres = table.Column<double>(type: "REAL", nullable: false),
                    EarnedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Pay_Amount = table.Column<decimal>(
                        type: "TEXT",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Pay_Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
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
                schema: "riders",
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
                name: "rider",
                schema: "riders",
                columns: table => new
                {
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OnShift = table.Column<bool>(type: "INTEGER", nullable: false),
                    LiveOfferId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Load = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
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
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Latitude = table.Column<double>(type: "REAL", nullable: false),
                    Longitude = table.Column<double>(type: "REAL", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
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
                    OfferId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    MetresToPickUp = table.Column<double>(type: "REAL", nullable: false),
                    OfferedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DeliveryId = table.Column<Guid>(type: "TEXT", nullable: false),
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

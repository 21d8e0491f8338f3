using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Orders.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "orders");

            migrationBuilder.CreateTable(
                name: "cursor",
                schema: "orders",
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
                schema: "orders",
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
                schema: "orders",
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
                name: "menu",
                schema: "orders",
                columns: table => new
                {
                    StoreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Items = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_menu", x => x.StoreId);
                }
            );

            migrationBuilder.CreateTable(
                name: "order",
                schema: "orders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CustomerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StoreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StoreName = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    StoreAddress = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Lines = table.Column<string>(type: "TEXT", nullable: false),
                    AddressLine = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PaymentReference = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Payment = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PlacedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AnswerBy = table.Column<long>(type: "INTEGER", nullable: true),
                    ReadyAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RiderId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Timeline = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    AddressPoint_Latitude = table.Column<double>(type: "REAL", nullable: false),
                    AddressPoint_Longitude = table.Column<double>(type: "REAL", nullable: false),
                    DeliveryFee_Amount = table.Column<decimal>(
                        type: "TEXT",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    DeliveryFee_Currency = table.Column<string>(
                        type: "TEXT",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                    StoreLocation_Latitude = table.Column<double>(type: "REAL", nullable: false),
                    StoreLocation_Longitude = table.Column<double>(type: "REAL", nullable: false),
                    Subtotal_Amount = table.Column<decimal>(
                        type: "TEXT",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Subtotal_Currency = table.Column<string>(
                        type: "TEXT",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                    Total_Amount = table.Column<decimal>(
                        type: "TEXT",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Total_Currency = table.Column<string>(
                        type: "TEXT",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_order", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "orders",
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
                name: "store",
                schema: "orders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Description = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Hours = table.Column<string>(type: "TEXT", nullable: false),
                    Delivery = table.Column<string>(type: "TEXT", nullable: false),
                    Paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    Revision = table.Column<long>(type: "INTEGER", nullable: false),
                    RegisteredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Location_Latitude = table.Column<double>(type: "REAL", nullable: false),
                    Location_Longitude = table.Column<double>(type: "REAL", nullable: false),
                    Minimum_Amount = table.Column<decimal>(
                        type: "TEXT",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Minimum_Currency = table.Column<string>(
                        type: "TEXT",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_store", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "store_rating",
                schema: "orders",
                columns: table => new
                {
                    StoreId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Average = table.Column<double>(type: "REAL", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Revision = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_store_rating", x => x.StoreId);
                }
            );

            migrationBuilder.CreateTable(
                name: "settlement",
                schema: "orders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OrderId = table.Column<Guid>(type: "TEXT", nullable: true),
                    CustomerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    LastFailure = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settlement", x => x.Id);
                    table.ForeignKey(
                        name: "FK_settlement_order_OrderId",
                        column: x => x.OrderId,
                        principalSchema: "orders",
                        principalTable: "order",
                        principalColumn: "Id"
                    );
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_dead_letter_Stream_Position",
                schema: "orders",
                table: "dead_letter",
                columns: new[] { "Stream", "Position" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_key_CreatedAt",
                schema: "orders",
                table: "idempotency_key",
                column: "CreatedAt"
            );

            migrationBuilder.CreateIndex(
                name: "IX_order_AnswerBy",
                schema: "orders",
                table: "order",
                column: "AnswerBy",
                filter: "\"AnswerBy\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_order_CustomerId_PlacedAt_Id",
                schema: "orders",
                table: "order",
                columns: new[] { "CustomerId", "PlacedAt", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_order_PlacedAt_Id",
                schema: "orders",
                table: "order",
                columns: new[] { "PlacedAt", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_order_StoreId_PlacedAt_Id",
                schema: "orders",
                table: "order",
                columns: new[] { "StoreId", "PlacedAt", "Id" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_settlement_DueAt",
                schema: "orders",
                table: "settlement",
                column: "DueAt",
                filter: "\"DueAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_settlement_OrderId",
                schema: "orders",
                table: "settlement",
                column: "OrderId",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_store_RegisteredAt_Id",
                schema: "orders",
                table: "store",
                columns: new[] { "RegisteredAt", "Id" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "cursor", schema: "orders");

            migrationBuilder.DropTable(name: "dead_letter", schema: "orders");

            migrationBuilder.DropTable(name: "idempotency_key", schema: "orders");

            migrationBuilder.DropTable(name: "menu", schema: "orders");

            migrationBuilder.DropTable(name: "outbox", schema: "orders");

            migrationBuilder.DropTable(name: "settlement", schema: "orders");

            migrationBuilder.DropTable(name: "store", schema: "orders");

            migrationBuilder.DropTable(name: "store_rating", schema: "orders");

            migrationBuilder.DropTable(name: "order", schema: "orders");
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Orders.Data.Migrations.SqlServer
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
                schema: "orders",
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
                schema: "orders",
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
                name: "menu",
                schema: "orders",
                columns: table => new
                {
                    StoreId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Items = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CustomerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StoreId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    StoreName = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    StoreAddress = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Lines = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    AddressLine = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Note = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Status = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    PaymentReference = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Payment = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    PlacedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    AnswerBy = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ReadyAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    RiderId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Timeline = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    AddressPoint_Latitude = table.Column<double>(type: "float", nullable: false),
                    AddressPoint_Longitude = table.Column<double>(type: "float", nullable: false),
                    DeliveryFee_Amount = table.Column<decimal>(
                        type: "decimal(19,4)",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    DeliveryFee_Currency = table.Column<string>(
                        type: "nchar(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    StoreLocation_Latitude = table.Column<double>(type: "float", nullable: false),
                    StoreLocation_Longitude = table.Column<double>(type: "float", nullable: false),
                    Subtotal_Amount = table.Column<decimal>(
                        type: "decimal(19,4)",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Subtotal_Currency = table.Column<string>(
                        type: "nchar(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Total_Amount = table.Column<decimal>(
                        type: "decimal(19,4)",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Total_Currency = table.Column<string>(
                        type: "nchar(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
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
                name: "store",
                schema: "orders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Description = table.Column<string>(
                        type: "nvarchar(300)",
                        maxLength: 300,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Address = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Hours = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Delivery = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Paused = table.Column<bool>(type: "bit", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false),
                    RegisteredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Location_Latitude = table.Column<double>(type: "float", nullable: false),
                    Location_Longitude = table.Column<double>(type: "float", nullable: false),
                    Minimum_Amount = table.Column<decimal>(
                        type: "decimal(19,4)",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Minimum_Currency = table.Column<string>(
                        type: "nchar(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
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
                    StoreId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Average = table.Column<double>(type: "float", nullable: false),
                    Count = table.Column<int>(type: "int", nullable: false),
                    Revision = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    OrderId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    CustomerId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Reference = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    DueAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    LastFailure = table.Column<string>(
                        type: "nvarchar(200)",
                        maxLength: 200,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    SettledAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
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
                unique: true,
                filter: "[OrderId] IS NOT NULL"
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

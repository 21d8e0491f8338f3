using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Orders.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class StreamIdentity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_dead_letter_Stream_Position",
                schema: "orders",
                table: "dead_letter"
            );

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                schema: "orders",
                table: "dead_letter",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Failed",
                collation: "Latin1_General_100_BIN2"
            );

            migrationBuilder.AddColumn<Guid>(
                name: "EventId",
                schema: "orders",
                table: "cursor",
                type: "uniqueidentifier",
                nullable: true
            );

            migrationBuilder.AddColumn<Guid>(
                name: "StreamIdentity",
                schema: "orders",
                table: "cursor",
                type: "uniqueidentifier",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "stream",
                schema: "orders",
                columns: table => new
                {
                    Stream = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Identity = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TrimmedTo = table.Column<long>(type: "bigint", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    Origin = table.Column<string>(
                        type: "nvarchar(600)",
                        maxLength: 600,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stream", x => x.Stream);
                }
            );

            migrationBuilder.CreateTable(
                name: "stream_decision",
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
                    Choice = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    DecidedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Reason = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Difference = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    FromStream = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    FromPosition = table.Column<long>(type: "bigint", nullable: false),
                    FromEventId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ToStream = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ToPosition = table.Column<long>(type: "bigint", nullable: false),
                    ToEventId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    LettersRemoved = table.Column<int>(type: "int", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stream_decision", x => x.Id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_dead_letter_Stream_EventId",
                schema: "orders",
                table: "dead_letter",
                columns: new[] { "Stream", "EventId" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "stream", schema: "orders");

            migrationBuilder.DropTable(name: "stream_decision", schema: "orders");

            migrationBuilder.DropIndex(
                name: "IX_dead_letter_Stream_EventId",
                schema: "orders",
                table: "dead_letter"
            );

            migrationBuilder.DropColumn(name: "Reason", schema: "orders", table: "dead_letter");

            migrationBuilder.DropColumn(name: "EventId", schema: "orders", table: "cursor");

            migrationBuilder.DropColumn(name: "StreamIdentity", schema: "orders", table: "cursor");

            migrationBuilder.CreateIndex(
                name: "IX_dead_letter_Stream_Position",
                schema: "orders",
                table: "dead_letter",
                columns: new[] { "Stream", "Position" },
                unique: true
            );
        }
    }
}

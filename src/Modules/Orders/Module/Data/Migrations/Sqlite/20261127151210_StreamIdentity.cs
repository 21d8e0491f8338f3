using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Orders.Data.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Failed"
            );

            migrationBuilder.AddColumn<Guid>(
                name: "EventId",
                schema: "orders",
                table: "cursor",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.AddColumn<Guid>(
                name: "StreamIdentity",
                schema: "orders",
                table: "cursor",
                type: "TEXT",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "stream",
                schema: "orders",
                columns: table => new
                {
                    Stream = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Identity = table.Column<Guid>(type: "TEXT", nullable: false),
                    TrimmedTo = table.Column<long>(type: "INTEGER", nullable: false),
                    Epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Stream = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Choice = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DecidedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Difference = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    FromStream = table.Column<Guid>(type: "TEXT", nullable: true),
                    FromPosition = table.Column<long>(type: "INTEGER", nullable: false),
                    FromEventId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ToStream = table.Column<Guid>(type: "TEXT", nullable: true),
                    ToPosition = table.Column<long>(type: "INTEGER", nullable: false),
                    ToEventId = table.Column<Guid>(type: "TEXT", nullable: true),
                    LettersRemoved = table.Column<int>(type: "INTEGER", nullable: false),
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

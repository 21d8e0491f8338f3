using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Reviews.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class StreamIdentity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_dead_letter_Stream_Position",
                schema: "reviews",
                table: "dead_letter"
            );

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                schema: "reviews",
                table: "dead_letter",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Failed",
                collation: "C"
            );

            migrationBuilder.AddColumn<Guid>(
                name: "EventId",
                schema: "reviews",
                table: "cursor",
                type: "uuid",
                nullable: true
            );

            migrationBuilder.AddColumn<Guid>(
                name: "StreamIdentity",
                schema: "reviews",
                table: "cursor",
                type: "uuid",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "stream",
                schema: "reviews",
                columns: table => new
                {
                    Stream = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "C"
                    ),
                    Identity = table.Column<Guid>(type: "uuid", nullable: false),
                    TrimmedTo = table.Column<long>(type: "bigint", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    Origin = table.Column<string>(
                        type: "character varying(600)",
                        maxLength: 600,
                        nullable: true,
                        collation: "C"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stream", x => x.Stream);
                }
            );

            migrationBuilder.CreateTable(
                name: "stream_decision",
                schema: "reviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Stream = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "C"
                    ),
                    Choice = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    DecidedAt = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    DecidedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    Reason = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: false,
                        collation: "C"
                    ),
                    Difference = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: false,
                        collation: "C"
                    ),
                    FromStream = table.Column<Guid>(type: "uuid", nullable: true),
                    FromPosition = table.Column<long>(type: "bigint", nullable: false),
                    FromEventId = table.Column<Guid>(type: "uuid", nullable: true),
                    ToStream = table.Column<Guid>(type: "uuid", nullable: true),
                    ToPosition = table.Column<long>(type: "bigint", nullable: false),
                    ToEventId = table.Column<Guid>(type: "uuid", nullable: true),
                    LettersRemoved = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stream_decision", x => x.Id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_dead_letter_Stream_EventId",
                schema: "reviews",
                table: "dead_letter",
                columns: new[] { "Stream", "EventId" },
                unique: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "stream", schema: "reviews");

            migrationBuilder.DropTable(name: "stream_decision", schema: "reviews");

            migrationBuilder.DropIndex(
                name: "IX_dead_letter_Stream_EventId",
                schema: "reviews",
                table: "dead_letter"
            );

            migrationBuilder.DropColumn(name: "Reason", schema: "reviews", table: "dead_letter");

            migrationBuilder.DropColumn(name: "EventId", schema: "reviews", table: "cursor");

            migrationBuilder.DropColumn(name: "StreamIdentity", schema: "reviews", table: "cursor");

            migrationBuilder.CreateIndex(
                name: "IX_dead_letter_Stream_Position",
                schema: "reviews",
                table: "dead_letter",
                columns: new[] { "Stream", "Position" },
                unique: true
            );
        }
    }
}

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Host.Identity.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReplicaState : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "protection_key",
                schema: "identity",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Xml = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_protection_key", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "token_window",
                schema: "identity",
                columns: table => new
                {
                    Client = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Minute = table.Column<long>(type: "INTEGER", nullable: false),
                    Requests = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_token_window", x => new { x.Client, x.Minute });
                }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "protection_key", schema: "identity");

            migrationBuilder.DropTable(name: "token_window", schema: "identity");
        }
    }
}

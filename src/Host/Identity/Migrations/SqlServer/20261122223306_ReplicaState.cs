using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Host.Identity.Migrations.SqlServer
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Xml = table.Column<string>(type: "nvarchar(max)", nullable: false),
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
                    Client = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Minute = table.Column<long>(type: "bigint", nullable: false),
                    Requests = table.Column<int>(type: "int", nullable: false),
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

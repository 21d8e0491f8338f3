using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Reviews.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Homes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit",
                schema: "reviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Operator = table.Column<Guid>(type: "TEXT", nullable: true),
                    Act = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "home",
                schema: "reviews",
                columns: table => new
                {
                    Stream = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    NextName = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    NextAddress = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    FormerName = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    FormerAddress = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    HoldsData = table.Column<bool>(type: "INTEGER", nullable: false),
                    TakesData = table.Column<bool>(type: "INTEGER", nullable: false),
                    Driver = table.Column<Guid>(type: "TEXT", nullable: true),
                    DriverBeat = table.Column<long>(type: "INTEGER", nullable: false),
                    Progress = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Trouble = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Since = table.Column<long>(type: "INTEGER", nullable: false),
                    IsPaused = table.Column<bool>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_home", x => x.Stream);
                }
            );

            migrationBuilder.CreateTable(
                name: "presence",
                schema: "reviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Beat = table.Column<long>(type: "INTEGER", nullable: false),
                    Epoch = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UnderWay = table.Column<int>(type: "INTEGER", nullable: false),
                    Held = table.Column<int>(type: "INTEGER", nullable: false),
                    HeldFor = table.Column<int>(type: "INTEGER", nullable: false),
                    Trouble = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_presence", x => x.Id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_audit_At",
                schema: "reviews",
                table: "audit",
                column: "At"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit", schema: "reviews");

            migrationBuilder.DropTable(name: "home", schema: "reviews");

            migrationBuilder.DropTable(name: "presence", schema: "reviews");
        }
    }
}

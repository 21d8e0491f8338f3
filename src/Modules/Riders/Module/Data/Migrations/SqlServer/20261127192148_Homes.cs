using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Riders.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Homes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit",
                schema: "riders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Operator = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Act = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Detail = table.Column<string>(
                        type: "nvarchar(1000)",
                        maxLength: 1000,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "home",
                schema: "riders",
                columns: table => new
                {
                    Stream = table.Column<string>(
                        type: "nvarchar(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Name = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Address = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    NextName = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    NextAddress = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    FormerName = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    FormerAddress = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    HoldsData = table.Column<bool>(type: "bit", nullable: false),
                    TakesData = table.Column<bool>(type: "bit", nullable: false),
                    Driver = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    DriverBeat = table.Column<long>(type: "bigint", nullable: false),
                    Progress = table.Column<string>(
                        type: "nvarchar(4000)",
                        maxLength: 4000,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Trouble = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    IsPaused = table.Column<bool>(type: "bit", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_home", x => x.Stream);
                }
            );

            migrationBuilder.CreateTable(
                name: "presence",
                schema: "riders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    Beat = table.Column<long>(type: "bigint", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(
                        type: "nvarchar(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "Latin1_General_100_BIN2"
                    ),
                    UnderWay = table.Column<int>(type: "int", nullable: false),
                    Held = table.Column<int>(type: "int", nullable: false),
                    HeldFor = table.Column<int>(type: "int", nullable: false),
                    Trouble = table.Column<string>(
                        type: "nvarchar(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "Latin1_General_100_BIN2"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_presence", x => x.Id);
                }
            );

            migrationBuilder.CreateIndex(name: "IX_audit_At", schema: "riders", table: "audit", column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit", schema: "riders");

            migrationBuilder.DropTable(name: "home", schema: "riders");

            migrationBuilder.DropTable(name: "presence", schema: "riders");
        }
    }
}

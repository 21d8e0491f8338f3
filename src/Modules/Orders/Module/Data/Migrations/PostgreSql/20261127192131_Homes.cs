using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Orders.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Homes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit",
                schema: "orders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Operator = table.Column<Guid>(type: "uuid", nullable: true),
                    Act = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    Detail = table.Column<string>(
                        type: "character varying(1000)",
                        maxLength: 1000,
                        nullable: false,
                        collation: "C"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.Id);
                }
            );

            migrationBuilder.CreateTable(
                name: "home",
                schema: "orders",
                columns: table => new
                {
                    Stream = table.Column<string>(
                        type: "character varying(100)",
                        maxLength: 100,
                        nullable: false,
                        collation: "C"
                    ),
                    Name = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    Address = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "C"
                    ),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    NextName = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "C"
                    ),
                    NextAddress = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "C"
                    ),
                    FormerName = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "C"
                    ),
                    FormerAddress = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "C"
                    ),
                    HoldsData = table.Column<bool>(type: "boolean", nullable: false),
                    TakesData = table.Column<bool>(type: "boolean", nullable: false),
                    Driver = table.Column<Guid>(type: "uuid", nullable: true),
                    DriverBeat = table.Column<long>(type: "bigint", nullable: false),
                    Progress = table.Column<string>(
                        type: "character varying(4000)",
                        maxLength: 4000,
                        nullable: true,
                        collation: "C"
                    ),
                    Trouble = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "C"
                    ),
                    Since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    IsPaused = table.Column<bool>(type: "boolean", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_home", x => x.Stream);
                }
            );

            migrationBuilder.CreateTable(
                name: "presence",
                schema: "orders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    Beat = table.Column<long>(type: "bigint", nullable: false),
                    Epoch = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    UnderWay = table.Column<int>(type: "integer", nullable: false),
                    Held = table.Column<int>(type: "integer", nullable: false),
                    HeldFor = table.Column<int>(type: "integer", nullable: false),
                    Trouble = table.Column<string>(
                        type: "character varying(500)",
                        maxLength: 500,
                        nullable: true,
                        collation: "C"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_presence", x => x.Id);
                }
            );

            migrationBuilder.CreateIndex(name: "IX_audit_At", schema: "orders", table: "audit", column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "audit", schema: "orders");

            migrationBuilder.DropTable(name: "home", schema: "orders");

            migrationBuilder.DropTable(name: "presence", schema: "orders");
        }
    }
}

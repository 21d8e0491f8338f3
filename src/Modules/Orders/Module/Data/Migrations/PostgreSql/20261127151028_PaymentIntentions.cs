using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Orders.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class PaymentIntentions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "payment_intention",
                schema: "orders",
                columns: table => new
                {
                    OrderId = table.Column<Guid>(type: "uuid", nullable: false),
                    CustomerId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: true,
                        collation: "C"
                    ),
                    WrittenAt = table.Column<DateTimeOffset>(
                        type: "timestamp with time zone",
                        nullable: false
                    ),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Amount_Amount = table.Column<decimal>(
                        type: "numeric(19,4)",
                        precision: 19,
                        scale: 4,
                        nullable: false
                    ),
                    Amount_Currency = table.Column<string>(
                        type: "character(3)",
                        fixedLength: true,
                        maxLength: 3,
                        nullable: false,
                        collation: "C"
                    ),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_payment_intention", x => x.OrderId);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_payment_intention_CustomerId_Key",
                schema: "orders",
                table: "payment_intention",
                columns: new[] { "CustomerId", "Key" },
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_payment_intention_DueAt",
                schema: "orders",
                table: "payment_intention",
                column: "DueAt",
                filter: "\"DueAt\" IS NOT NULL"
            );

            migrationBuilder.CreateIndex(
                name: "IX_payment_intention_WrittenAt",
                schema: "orders",
                table: "payment_intention",
                column: "WrittenAt"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "payment_intention", schema: "orders");
        }
    }
}

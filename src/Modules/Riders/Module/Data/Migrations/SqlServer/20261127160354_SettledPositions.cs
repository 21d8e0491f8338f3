using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Riders.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class SettledPositions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Written",
                schema: "riders",
                table: "outbox",
                type: "rowversion",
                rowVersion: true,
                nullable: true
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "Written", schema: "riders", table: "outbox");
        }
    }
}

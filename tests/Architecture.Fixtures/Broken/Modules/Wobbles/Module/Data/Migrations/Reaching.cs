using Microsoft.EntityFrameworkCore.Migrations;

namespace Wobbles.Data.Migrations;

public partial class Reaching : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.DropTable(name: "tier", schema: "mumbles");
}

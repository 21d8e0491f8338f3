using Architecture.Tests.Rules;

namespace Architecture.Tests.Specs;

public sealed class DatabaseSpecs
{
    [Fact]
    public void A_second_context_a_plain_one_and_a_foreign_schema_are_reported() =>
        Fixtures
            .BreachesOf<EachContextOwnsOneSchema>()
            .ShouldBe(
                [
                    "Vouchers.Data.SpareDbContext: is no ModuleDbContext, so it has neither outbox nor cursors.",
                    "Vouchers.Data.SpareDbContext: is one database context too many; a module has one.",
                    "Vouchers.Data.VouchersDbContext: keeps its tables in schema 'discounts' instead of 'vouchers'.",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void Tables_views_and_foreign_keys_of_another_schema_are_reported() =>
        Fixtures
            .BreachesOf<TablesStayInTheirSchema>()
            .Where(breach => !breach.Contains("'discounts'", StringComparison.Ordinal))
            .ShouldBe(
                [
                    "Loyalty.Domain.Tier: is mapped to schema 'loyalty' instead of 'vouchers'.",
                    "Vouchers: maps Loyalty.Domain.Tier, which is another module's.",
                    "Vouchers.Data.Glance: is mapped to schema 'loyalty' instead of 'vouchers'.",
                    "Vouchers.Data.Use: has a foreign key to schema 'loyalty'; keep the id, not the key.",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void Sql_of_another_schema_is_reported_wherever_the_text_stands_but_aliases_of_events_are_not() =>
        Fixtures
            .PlacesOf<SqlStaysInItsSchema>()
            .ShouldBe([
                "Vouchers.Data.Migrations.Reaching.Up",
                "Vouchers.Features.Statements.AsADefault",
                "Vouchers.Features.Statements.Brackets",
                "Vouchers.Features.Statements.Constant",
                "Vouchers.Features.Statements.InABody",
                "Vouchers.Features.Statements.InAnAsyncLambda",
                "Vouchers.Features.Statements.InAnAttribute",
                "Vouchers.Features.Statements.InPieces",
                "Vouchers.Features.Statements.Interpolated",
            ]);
}

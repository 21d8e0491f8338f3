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
                    "Wobbles.Data.SpareDbContext: is no ModuleDbContext, so it has neither outbox nor cursors.",
                    "Wobbles.Data.SpareDbContext: is one database context too many; a module has one.",
                    "Wobbles.Data.WobblesDbContext: keeps its tables in schema 'discounts' instead of 'wobbles'.",
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
                    "Mumbles.Domain.Tier: is mapped to schema 'mumbles' instead of 'wobbles'.",
                    "Wobbles: maps Mumbles.Domain.Tier, which is another module's.",
                    "Wobbles.Data.Glance: is mapped to schema 'mumbles' instead of 'wobbles'.",
                    "Wobbles.Data.Use: has a foreign key to schema 'mumbles'; keep the id, not the key.",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void Sql_of_another_schema_is_reported_wherever_the_text_stands_but_aliases_of_events_are_not() =>
        Fixtures
            .PlacesOf<SqlStaysInItsSchema>()
            .ShouldBe([
                "Wobbles.Data.Migrations.Reaching.Up",
                "Wobbles.Features.Statements.AsADefault",
                "Wobbles.Features.Statements.Brackets",
                "Wobbles.Features.Statements.Constant",
                "Wobbles.Features.Statements.InABody",
                "Wobbles.Features.Statements.InAnAsyncLambda",
                "Wobbles.Features.Statements.InAnAttribute",
                "Wobbles.Features.Statements.InPieces",
                "Wobbles.Features.Statements.Interpolated",
            ]);
}

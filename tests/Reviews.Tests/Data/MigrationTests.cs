using Microsoft.EntityFrameworkCore;
using Reviews.Data;
using Reviews.Tests.Features;

namespace Reviews.Tests.Data;

public sealed class MigrationTests(RunningReviews reviews)
{
    [Fact]
    public async Task The_migrations_lead_to_the_model() =>
        (
            await reviews.Host.ReadAsync<ReviewsDbContext, bool>(context =>
                Task.FromResult(context.Database.HasPendingModelChanges())
            )
        ).ShouldBeFalse("add a migration");
}

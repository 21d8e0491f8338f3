using Fidgets.Contracts;
using Fidgets.Data;
using Fidgets.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;

namespace Fidgets.Features;

internal sealed record IssueFidget(Guid StoreId) : ICommand<Guid>;

internal sealed class IssueFidgetHandler(FidgetsDbContext database, TimeProvider clock)
    : ICommandHandler<IssueFidget, Guid>
{
    /// <summary>Names the alias of an event beside SQL of its own, which is no breach.</summary>
    private const string Count =
        "select count(*) from fidgets.fidget where said = 'orders.order-delivered.v1'";

    /// <summary>Sentences, addresses, keys and aliases, none of which reaches into another module.</summary>
    public static IReadOnlyList<string> Harmless { get; } =
    [
        "Messages from our riders.",
        "Told from riders.",
        "Update reviews.",
        "Drop a line to the riders.",
        "Help is to be had from https://help.riders.example/riders.html and from riders.example.com",
        "Reviews.Title",
        "Orders.Total",
        "select riders.id from fidgets.fidget as riders join fidgets.store on riders.id = store.id",
        "SELECT riders.id FROM fidgets.fidget riders",
    ];

    public async Task<Result<Guid>> Handle(IssueFidget command, CancellationToken cancellationToken)
    {
        var fidget = new Fidget(Guid.CreateVersion7(clock.GetUtcNow()), Money.Zero("KRW"), [command.StoreId]);
        await database.Set<Fidget>().AddAsync(fidget, cancellationToken);
        await database.Database.ExecuteSqlRawAsync(Count, cancellationToken);
        database.Say(fidget.Id, new FidgetIssued(fidget.Id, new Worth(1, "KRW"), [], null));
        return fidget.Id;
    }
}

internal static class IssueFidgetEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/fidgets");
        group
            .MapPost("/", IssueAsync)
            .AddEndpointFilter(async (context, next) => await next(context))
            .WithName("IssueFidget");
        group.MapGet("/{id:guid}", new Reader("fidget").Read);
    }

    private static async Task<IResult> IssueAsync(Guid storeId, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return Results.Ok(storeId);
    }

    private sealed class Reader(string name)
    {
        public IResult Read(Guid id) => Results.Ok($"{name} {id}");
    }
}

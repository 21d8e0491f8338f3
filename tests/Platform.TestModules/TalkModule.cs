using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;

namespace Platform.TestModules;

/// <summary>The module that publishes the stream <c>talk</c>, for tests in which it runs in a process of its own.</summary>
public sealed class TalkModule : IModule
{
    public ModuleDefinition Define() =>
        ModuleDefinition.Named("Talk", typeof(TalkModule).Assembly).WithDatabase<TalkDbContext>();

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}

internal sealed class TalkDbContext(DbContextOptions<TalkDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "talk", clock)
{
    /// <summary>Says the words of a speaker, in one transaction.</summary>
    public async Task SayAsync(Guid speaker, int from, int count, string word = "word")
    {
        foreach (var number in Enumerable.Range(from, count))
            Say(speaker, new WordSaid(speaker, number, word));
        await SaveChangesAsync();
    }

    /// <summary>Says what nobody handles: it costs a follower next to nothing.</summary>
    public async Task CoughAsync(Guid speaker, int times)
    {
        for (var time = 0; time < times; time++)
            Say(speaker, new CoughHeard(speaker));
        await SaveChangesAsync();
    }

    protected override void ConfigureModel(ModelBuilder model) { }
}

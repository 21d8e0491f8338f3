using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Platform.Data;
using Platform.Domain;
using Platform.Testing;

namespace Platform.Tests.Data;

/// <summary>A database of a module that has nothing but samples.</summary>
internal sealed class SamplesDatabase(TestEngine engine) : IDisposable
{
    private readonly TemporaryFolder _folder = new(engine);
    private DatabaseChoice _choice = null!;

    public async Task CreateAsync() => await CreateAsync(await _folder.SettingsAsync());

    /// <summary>Makes the tables, and before them the database where nobody has made it.</summary>
    /// <param name="settings">Where it is to be.</param>
    public async Task CreateAsync(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        _choice = DatabaseChoice.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            "Modules:Samples",
            "samples"
        );
        await using var context = Open();
        var creator = context.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync())
            await creator.CreateAsync();
        await creator.CreateTablesAsync();
    }

    public SamplesDbContext Open()
    {
        var options = new DbContextOptionsBuilder<SamplesDbContext>();
        _choice.Configure(options);
        options.AddInterceptors(FlushBeforeQuery.Instance);
        return new SamplesDbContext(options.Options, TimeProvider.System);
    }

    public void Dispose() => _folder.Dispose();
}

internal enum Mood
{
    Grumpy,
    Cheerful,
}

/// <summary>A row of every kind of column that modules have.</summary>
internal sealed record Sample : IAggregateRoot
{
    public required Guid Id { get; init; }
    public Mood Mood { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? Until { get; init; }
    public Guid? Who { get; init; }
    public string? Note { get; init; }
    public required Money Price { get; init; }
    public double Share { get; init; }
    public int Count { get; set; }
    public bool IsOn { get; init; }
}

internal sealed class Detail
{
    public required Guid Id { get; init; }
    public required Guid SampleId { get; init; }
}

internal sealed class SamplesDbContext(DbContextOptions<SamplesDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "samples", clock)
{
    public DbSet<Sample> Samples => Set<Sample>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.ComplexProperties<Money>();
    }

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Entity<Sample>();
        model.Entity<Detail>().HasOne<Sample>().WithMany().HasForeignKey(detail => detail.SampleId);
    }
}

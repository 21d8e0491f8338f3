using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Platform.Commands;
using Platform.Data;
using Platform.Domain;
using Platform.Homes;
using Platform.Streams;
using Platform.Testing;

namespace Platform.Tests.Extraction;

/// <summary>A module's database with every kind of column and key that modules have, and then some.</summary>
internal sealed class DepotDbContext(DbContextOptions<DepotDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "depot", clock)
{
    public DbSet<Parcel> Parcels => Set<Parcel>();

    public DbSet<Label> Labels => Set<Label>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<Shelf> Shelves => Set<Shelf>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.ComplexProperties<Money>();
    }

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Entity<Parcel>(parcel =>
        {
            parcel.ToTable("parcel");
            parcel.Property<string>("Sender").HasMaxLength(100);
            parcel.OwnsMany(
                row => row.Scans,
                scan =>
                {
                    scan.ToJson();
                    scan.OwnsOne(row => row.By);
                }
            );
        });
        // Its name sorts before that of the table that it refers to.
        model.Entity<Label>(label =>
        {
            label.ToTable("label");
            label.HasOne<Parcel>().WithMany().HasForeignKey(row => row.ParcelId);
            label.HasIndex(row => row.Code).IsUnique();
        });
        model.Entity<Ticket>().ToTable("ticket");
        model.Entity<Shelf>(shelf =>
        {
            shelf.ToTable("shelf");
            shelf.HasKey(row => new { row.Aisle, row.Number });
        });
    }
}

internal enum Size
{
    Small,
    Large,
}

internal sealed class Parcel : IAggregateRoot
{
    public required Guid Id { get; init; }
    public required Money Value { get; init; }
    public Size Size { get; set; }
    public string? Note { get; set; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? Until { get; init; }
    public DateOnly Day { get; init; }
    public TimeOnly Hour { get; init; }
    public TimeSpan? Patience { get; init; }
    public double Weight { get; init; }
    public decimal? Fee { get; init; }
    public long Count { get; init; }
    public bool IsFragile { get; init; }
    public byte[] Seal { get; init; } = [];
    public List<string> Tags { get; init; } = [];
    public List<Guid> Carriers { get; init; } = [];
    public List<Scan> Scans { get; init; } = [];
}

internal sealed class Scan
{
    public required DateTimeOffset At { get; init; }
    public required string Place { get; init; }
    public Size Seen { get; init; }
    public Guid? Carrier { get; init; }
    public Person? By { get; init; }
}

internal sealed class Person
{
    public required string Name { get; init; }
    public DateTimeOffset? Since { get; init; }
}

internal sealed class Label
{
    public required Guid Id { get; init; }
    public Guid? ParcelId { get; init; }
    public required string Code { get; set; }
}

internal sealed class Ticket
{
    public int Id { get; init; }
    public required string Text { get; init; }
}

internal sealed class Shelf
{
    public required string Aisle { get; init; }
    public required int Number { get; init; }
    public int Free { get; set; }
}

/// <summary>A database of the depot.</summary>
internal sealed class DepotDatabase(TestEngine engine) : IDisposable
{
    private readonly TemporaryFolder _folder = new(engine);
    private IReadOnlyDictionary<string, string?> _settings = null!;

    public static async Task<DepotDatabase> CreateAsync(TestEngine engine)
    {
        var depot = new DepotDatabase(engine);
        depot._settings = await depot._folder.SettingsAsync();
        await using var context = depot.Open();
        var creator = context.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync())
            await creator.CreateAsync();
        await creator.CreateTablesAsync();
        return depot;
    }

    /// <summary>A context of a process of this home.</summary>
    public DepotDbContext Open(string home = "web", string? by = null)
    {
        var settings = new Dictionary<string, string?>(_settings);
        if (by is not null)
            settings["Database:ConnectionString"] = by;
        var options = new DbContextOptionsBuilder<DepotDbContext>();
        DatabaseChoice
            .Read(
                new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
                "Modules:Depot",
                "depot",
                home
            )
            .Configure(options);
        return new DepotDbContext(options.Options, TimeProvider.System);
    }

    /// <summary>Its connection string, on an engine that has servers.</summary>
    public string ConnectionString => _settings["Database:ConnectionString"]!;

    public async Task ChangeAsync(Func<DepotDbContext, Task> change, string home = "web")
    {
        await using var context = Open(home);
        await change(context);
        await context.SaveChangesAsync();
    }

    public async Task<T> ReadAsync<T>(Func<DepotDbContext, Task<T>> read)
    {
        await using var context = Open();
        return await read(context);
    }

    /// <summary>Puts parcels into it, each with a label, an event, and rows in every other table.</summary>
    public Task FillAsync(int parcels) =>
        ChangeAsync(depot =>
        {
            for (var number = 0; number < parcels; number++)
                AddParcel(depot, number);
            depot.Add(
                new OwnStream
                {
                    Stream = "depot",
                    Identity = Guid.CreateVersion7(),
                    TrimmedTo = 3,
                }
            );
            depot.Add(
                new Cursor
                {
                    Stream = "orders",
                    Position = 17,
                    StreamIdentity = Guid.CreateVersion7(),
                    EventId = Guid.CreateVersion7(),
                    LeasedUntil = TimeProvider.System.GetUtcNow(),
                }
            );
            depot.Add(
                new Home
                {
                    Stream = "depot",
                    Name = "web",
                    Since = TimeProvider.System.GetUtcNow(),
                }
            );
            depot.Add(new Presence { Id = Guid.CreateVersion7(), Name = "web" });
            depot.Add(AuditEntry.Of(TimeProvider.System.GetUtcNow(), null, "move", "It moved."));
            return Task.CompletedTask;
        });

    public static Parcel AddParcel(DepotDbContext depot, int number)
    {
        var now = TimeProvider.System.GetUtcNow();
        var parcel = new Parcel
        {
            Id = Guid.CreateVersion7(now.AddMinutes(number)),
            Value = new Money(12.5m + number, "KRW"),
            Size = number % 2 == 0 ? Size.Small : Size.Large,
            Note = number % 3 == 0 ? null : $"맛있어요 \"' \n {number} é",
            At = now.AddTicks(number),
            Until = number % 4 == 0 ? null : now.ToOffset(TimeSpan.FromHours(9)),
            Day = DateOnly.FromDateTime(now.UtcDateTime).AddDays(number),
            Hour = new TimeOnly(23, 59, 59, 999),
            Patience = number % 2 == 0 ? null : TimeSpan.FromMinutes(61),
            Weight = number / 3.0,
            Fee = number % 2 == 0 ? null : 0.1m * number,
            Count = long.MaxValue - number,
            IsFragile = number % 2 == 0,
            Seal = [1, 0, 255, (byte)number],
            Tags = number % 2 == 0 ? [] : ["한", "b,\"c\""],
            Carriers = [Guid.CreateVersion7()],
            Scans =
            [
                new Scan { At = now, Place = "Seoul" },
                new Scan
                {
                    At = now.ToOffset(TimeSpan.FromHours(-3)),
                    Place = "\"Busan\"",
                    Seen = Size.Large,
                    Carrier = Guid.CreateVersion7(),
                    By = new Person { Name = "Ann", Since = now },
                },
            ],
        };
        depot.Add(parcel);
        depot.Entry(parcel).Property("Sender").CurrentValue = $"sender {number}";
        depot.Add(
            new Label
            {
                Id = Guid.CreateVersion7(),
                ParcelId = number % 5 == 0 ? null : parcel.Id,
                Code = $"{parcel.Id}",
            }
        );
        depot.Add(new Ticket { Text = $"{number}" });
        depot.Add(
            new Shelf
            {
                Aisle = $"{(char)('a' + number % 3)}",
                Number = 1_000 - number,
                Free = number,
            }
        );
        depot.Outbox.Add(
            new OutboxRow
            {
                EventId = Guid.CreateVersion7(),
                Type = "depot.parcel-came.v1",
                Key = parcel.Id,
                Payload = "{}",
                OccurredAt = now,
            }
        );
        depot.Add(
            new IdempotencyRecord
            {
                CallerId = parcel.Id,
                Key = "key",
                Fingerprint = new string('f', 64),
                Answer = "{}",
                CreatedAt = now,
            }
        );
        return parcel;
    }

    public void Dispose() => _folder.Dispose();
}

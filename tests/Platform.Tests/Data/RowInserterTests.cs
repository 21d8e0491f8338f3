using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Data;
using Platform.Domain;
using Platform.Modules;
using Platform.Streams;
using Platform.Testing;

namespace Platform.Tests.Data;

/// <summary>What is inserted at once is what Entity Framework would have inserted, all of it or nothing.</summary>
public sealed class RowInserterTests : IAsyncLifetime
{
    private static readonly ModuleDefinition Module = ModuleDefinition.Named(
        "Samples",
        typeof(RowInserterTests).Assembly
    );

    private readonly SamplesDatabase _database = new(TestEngine.PostgreSql);
    private readonly StreamTails _tails = new(new StreamSignals());

    private RowInserter Inserter =>
        new(
            _tails,
            new OutboxGuard(
                new ModuleGates(new ModuleCatalog([Module], []), new StreamSignals()),
                NullLogger<OutboxGuard>.Instance
            )
        );

    public async ValueTask InitializeAsync()
    {
        await _database.CreateAsync();
        await using var context = _database.Open();
        context.Cursors.Add(new Cursor { Stream = "talk", Position = 5 });
        await context.SaveChangesAsync();
    }

    [Fact]
    public async Task Every_kind_of_value_is_stored_as_Entity_Framework_stores_it()
    {
        Sample[] atOnce = [Full(), Bare()];
        Sample[] byEntityFramework = [Full(), Bare()];
        await using (var context = _database.Open())
        {
            context.AddRange(atOnce);
            (await Inserter.TryInsertAsync(Module, [Additions.Of(context)!])).ShouldBeTrue();
        }
        await using (var context = _database.Open())
        {
            context.AddRange(byEntityFramework);
            await context.SaveChangesAsync();
        }

        await using var reading = _database.Open();
        var stored = await reading.Samples.AsNoTracking().ToDictionaryAsync(sample => sample.Id);
        stored.Count.ShouldBe(4);
        foreach (var (one, other) in atOnce.Zip(byEntityFramework))
        {
            stored[one.Id].ShouldBeEquivalentTo(stored[other.Id] with { Id = one.Id });
            stored[one.Id].Note.ShouldBe(one.Note);
            stored[one.Id].At.ShouldBe(one.At);
        }
        var versions = await reading
            .Samples.Select(sample => EF.Property<long>(sample, "Version"))
            .Distinct()
            .ToListAsync();
        versions.ShouldBe([0]);
    }

    [Fact]
    public async Task Events_get_their_positions_in_the_order_in_which_they_were_said()
    {
        await using var context = _database.Open();
        var said = Enumerable.Range(0, 100).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var key in said)
            context.Outbox.Add(Row(key));

        await Inserter.TryInsertAsync(Module, [Additions.Of(context)!]);

        var kept = await context.Outbox.AsNoTracking().OrderBy(row => row.Position).ToListAsync();
        kept.Select(row => row.Key).ShouldBe(said);
        _tails
            .Of(Module.Stream)
            .After(kept[0].Position - 1, said.Count)
            .ShouldBe(kept.Select(row => row.At(row.Position)));
    }

    [Fact]
    public async Task The_cursor_moves_along()
    {
        await using var context = _database.Open();
        context.Add(Full());

        await Inserter.TryInsertAsync(
            Module,
            [Additions.Of(context)!],
            new CursorMove("talk", 5, new StreamPlace(null, 9, null), 0)
        );

        (await context.Cursors.AsNoTracking().SingleAsync()).Position.ShouldBe(9);
        (await context.Samples.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public async Task Where_the_cursor_is_elsewhere_nothing_is_inserted(long from, long replays)
    {
        await using var context = _database.Open();
        context.Add(Full());

        await Should.ThrowAsync<DbException>(() =>
            Inserter.TryInsertAsync(
                Module,
                [Additions.Of(context)!],
                new CursorMove("talk", from, new StreamPlace(null, 9, null), replays)
            )
        );

        (await context.Cursors.AsNoTracking().SingleAsync()).Position.ShouldBe(5);
        (await context.Samples.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_refers_to_other_rows_is_left_to_Entity_Framework()
    {
        await using var context = _database.Open();
        var sample = Full();
        context.AddRange(sample, new Detail { Id = Guid.CreateVersion7(), SampleId = sample.Id });

        (await Inserter.TryInsertAsync(Module, [Additions.Of(context)!])).ShouldBeFalse();

        (await context.Samples.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_changes_a_row_is_no_addition_even_where_nobody_has_looked_yet()
    {
        await using var context = _database.Open();
        var sample = Full();
        context.Add(sample);
        await context.SaveChangesAsync();

        sample.Count++;
        context.Add(Full());

        Additions.Of(context).ShouldBeNull();
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    private static OutboxRow Row(Guid key) =>
        new()
        {
            EventId = Guid.CreateVersion7(),
            Type = "talk.said.v1",
            Key = key,
            Payload = "{}",
            OccurredAt = DateTimeOffset.UnixEpoch,
        };

    private static Sample Full() =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Mood = Mood.Cheerful,
            At = new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(9)),
            Until = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(9)),
            Who = Guid.Parse("0198a000-0000-7000-8000-000000000001"),
            Note = "It's \"here\" — 비빔밥 \\ {}, NULL\n",
            Price = new Money(12.3456m, "KRW"),
            Share = 0.1,
            Count = int.MaxValue,
            IsOn = true,
        };

    private static Sample Bare() => new() { Id = Guid.CreateVersion7(), Price = new Money(0, "EUR") };
}

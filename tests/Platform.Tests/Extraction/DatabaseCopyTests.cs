using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Platform.Extraction;
using Platform.Testing;

namespace Platform.Tests.Extraction;

/// <summary>A schema is copied from one database to another, whatever engine each is on.</summary>
public sealed class DatabaseCopyTests
{
    private static readonly CopyOptions FewAtATime = new(BatchRows: 4);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<TestEngine, TestEngine> Ways { get; } =
        new()
        {
            { TestEngine.Sqlite, TestEngine.PostgreSql },
            { TestEngine.PostgreSql, TestEngine.Sqlite },
            { TestEngine.Sqlite, TestEngine.Sqlite },
            { TestEngine.PostgreSql, TestEngine.PostgreSql },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_row_of_every_table_is_the_same_on_the_other_engine(TestEngine from, TestEngine to)
    {
        using var source = await DepotDatabase.CreateAsync(from);
        using var target = await DepotDatabase.CreateAsync(to);
        await source.FillAsync(parcels: 10);
        await source.ChangeAsync(async depot => (await depot.Parcels.FirstAsync(Stop)).Note = "changed");

        await CopyAsync(source, target, FewAtATime);

        var result = await CompareAsync(source, target);
        result.Difference.ShouldBeNull();
        result.Tables.Select(table => table.SourceRows).Sum().ShouldBe(10 * 6 + 5);
        result.Tables.Select(table => table.Table).ShouldContain("stream_decision");
        var (parcels, copies) = (await ParcelsAsync(source), await ParcelsAsync(target));
        foreach (var (parcel, copy) in parcels.Zip(copies))
            ShouldBeSame(copy, parcel);
        (await VersionsAsync(target)).ShouldBe(await VersionsAsync(source));
        (await VersionsAsync(target)).ShouldContain(1);
    }

    /// <summary>A follower may have seen the positions of events that were trimmed since.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_the_engine_numbers_goes_on_behind_all_that_was_ever_given_out(
        TestEngine from,
        TestEngine to
    )
    {
        using var source = await DepotDatabase.CreateAsync(from);
        using var target = await DepotDatabase.CreateAsync(to);
        await source.FillAsync(parcels: 5);
        await source.ReadAsync(depot => depot.Outbox.Where(row => row.Position > 2).ExecuteDeleteAsync(Stop));

        await CopyAsync(source, target, FewAtATime);
        await target.ChangeAsync(depot => Task.FromResult(DepotDatabase.AddParcel(depot, 50)));

        (await target.ReadAsync(depot => depot.Outbox.MaxAsync(row => row.Position, Stop))).ShouldBe(6);
        (await target.ReadAsync(depot => depot.Tickets.MaxAsync(row => row.Id, Stop))).ShouldBe(6);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_copy_that_was_stopped_goes_on_behind_the_last_row_that_is_there(
        TestEngine from,
        TestEngine to
    )
    {
        using var source = await DepotDatabase.CreateAsync(from);
        using var target = await DepotDatabase.CreateAsync(to);
        await source.FillAsync(parcels: 10);

        for (var stops = 0; stops < 12; stops++)
            await StopAfterAStepAsync(source, target);
        var copied = await target.ReadAsync(depot => depot.Parcels.CountAsync(Stop));
        copied.ShouldBeInRange(1, 10);
        await CopyAsync(source, target, FewAtATime);

        (await CompareAsync(source, target)).Difference.ShouldBeNull();
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.PostgreSql)]
    public async Task A_target_that_has_rows_of_its_own_is_refused(TestEngine engine)
    {
        using var source = await DepotDatabase.CreateAsync(TestEngine.Sqlite);
        using var target = await DepotDatabase.CreateAsync(engine);
        await target.ChangeAsync(depot =>
        {
            depot.Add(new Ticket { Text = "mine" });
            return Task.CompletedTask;
        });

        var refused = await Should.ThrowAsync<CopyRefusedException>(() =>
            CopyAsync(source, target, FewAtATime)
        );

        refused.Message.ShouldStartWith("ticket: ");
    }

    [Fact]
    public async Task No_more_rows_are_copied_in_a_second_than_are_allowed()
    {
        using var source = await DepotDatabase.CreateAsync(TestEngine.Sqlite);
        using var target = await DepotDatabase.CreateAsync(TestEngine.Sqlite);
        await source.FillAsync(parcels: 10);
        var taken = Stopwatch.StartNew();

        await CopyAsync(source, target, new CopyOptions(BatchRows: 2, RowsPerSecond: 100));

        taken.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(0.6));
    }

    [Theory]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.PostgreSql)]
    public async Task A_row_that_refers_to_one_that_came_behind_the_copy_is_left_for_catching_up(
        TestEngine engine
    )
    {
        using var source = await DepotDatabase.CreateAsync(TestEngine.Sqlite);
        using var target = await DepotDatabase.CreateAsync(engine);
        await source.FillAsync(parcels: 2);
        var isLate = new Reports(report =>
        {
            // Labels are copied after the parcels that they refer to.
            if (report is { Table: "parcel", Done: 2 })
                source
                    .ChangeAsync(depot => Task.FromResult(DepotDatabase.AddParcel(depot, 7)))
                    .GetAwaiter()
                    .GetResult();
        });

        await CopyAsync(source, target, new CopyOptions(BatchRows: 4, WhileWritten: true), isLate);

        (await target.ReadAsync(depot => depot.Labels.CountAsync(Stop))).ShouldBe(2);
        (await CompareAsync(source, target)).Difference.ShouldNotBeNull();
    }

    internal static async Task CopyAsync(
        DepotDatabase source,
        DepotDatabase target,
        CopyOptions options,
        IProgress<CopyProgress>? progress = null,
        CancellationToken? stop = null
    )
    {
        await using var from = source.Open();
        await using var to = target.Open();
        await new DatabaseCopy(from, to, options, TimeProvider.System).RunAsync(progress, stop ?? Stop);
    }

    internal static async Task<ComparisonResult> CompareAsync(DepotDatabase source, DepotDatabase target)
    {
        await using var from = source.Open();
        await using var to = target.Open();
        return await new DatabaseComparison(from, to).RunAsync(null, Stop);
    }

    private static async Task StopAfterAStepAsync(DepotDatabase source, DepotDatabase target)
    {
        using var stopping = new CancellationTokenSource();
        var steps = 0;
        var progress = new Reports(report =>
        {
            if (report.InAll > 0 && ++steps == 8)
                stopping.Cancel();
        });
        try
        {
            await CopyAsync(source, target, FewAtATime, progress, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // That was wanted.
        }
    }

    private static void ShouldBeSame(Parcel copy, Parcel parcel)
    {
        copy.Id.ShouldBe(parcel.Id);
        copy.Value.ShouldBe(parcel.Value);
        copy.Size.ShouldBe(parcel.Size);
        copy.Note.ShouldBe(parcel.Note);
        copy.At.ShouldBe(parcel.At, TimeSpan.FromMicroseconds(1));
        copy.Day.ShouldBe(parcel.Day);
        copy.Hour.ShouldBe(parcel.Hour);
        copy.Patience.ShouldBe(parcel.Patience);
        copy.Weight.ShouldBe(parcel.Weight);
        copy.Fee.ShouldBe(parcel.Fee);
        copy.Count.ShouldBe(parcel.Count);
        copy.Seal.ShouldBe(parcel.Seal);
        copy.Tags.ShouldBe(parcel.Tags);
        copy.Carriers.ShouldBe(parcel.Carriers);
        Told(copy).ShouldBe(Told(parcel));

        // PostgreSQL keeps microseconds, in documents as well.
        static IEnumerable<object?> Told(Parcel one) =>
            one.Scans.Select(scan =>
                (
                    scan.At.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffff", null),
                    scan.Place,
                    scan.Seen,
                    scan.Carrier,
                    scan.By?.Name,
                    scan.By?.Since?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffff", null)
                ) as object
            );
    }

    private static Task<List<Parcel>> ParcelsAsync(DepotDatabase depot) =>
        depot.ReadAsync(context =>
            context.Parcels.AsNoTracking().OrderBy(parcel => parcel.Id).ToListAsync(Stop)
        );

    private static Task<List<long>> VersionsAsync(DepotDatabase depot) =>
        depot.ReadAsync(context =>
            context
                .Parcels.OrderBy(parcel => parcel.Id)
                .Select(parcel => EF.Property<long>(parcel, "Version"))
                .ToListAsync(Stop)
        );

    /// <summary>Progress that is told where it is made, before the next step.</summary>
    private sealed class Reports(Action<CopyProgress> told) : IProgress<CopyProgress>
    {
        public void Report(CopyProgress value) => told(value);
    }
}

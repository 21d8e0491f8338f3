using System.Text.Json.Nodes;
using Architecture.Tests.Codebase;
using Architecture.Tests.Contracts;
using Architecture.Tests.Drawings;
using Architecture.Tests.Rules;

namespace Architecture.Tests;

/// <summary>
/// What others may hold the code to is kept in <c>docs/contracts</c>. With <c>MONOLITH_WRITE_CONTRACTS</c> in the
/// environment, as <c>scripts/write-contracts</c> has it, changes that break nobody are written there; without it they
/// are found.
/// </summary>
public sealed class ContractsAreWritten
{
    private static bool IsToWrite =>
        Environment.GetEnvironmentVariable("MONOLITH_WRITE_CONTRACTS") is { Length: > 0 };

    [Fact]
    public void Events_are_written_as_they_are()
    {
        var landscape = Landscape.OfRepository();
        if (IsToWrite)
            EventFile.WriteAll(landscape);
        new EventsStayAsApproved().Check(landscape).ThrowIfAny();
        new OldEventsAreRead().Check(landscape).ThrowIfAny();
    }

    [Fact]
    public async Task The_http_api_is_written_as_it_is()
    {
        var now = await ApiDocument.NowAsync();
        var kept = ApiDocument.Kept.Text;
        if (kept.Length > 0)
            ApiComparison.Breaks(JsonNode.Parse(kept)!.AsObject(), now).ThrowIfAny();
        Held(ApiDocument.Kept, WrittenDocument.TextOf(now));
    }

    [Fact]
    public void The_streams_are_described_as_they_are() =>
        Held(StreamsDocument.Kept, WrittenDocument.TextOf(StreamsDocument.Now()));

    [Fact]
    public async Task Modules_and_their_relations_are_drawn_as_they_are()
    {
        foreach (var (document, now) in await DrawnDocuments.AllAsync())
            Held(document, now);
    }

    private static void Held(WrittenDocument document, string now)
    {
        if (IsToWrite)
            document.Write(now);
        document.Against(now).ThrowIfAny();
    }
}

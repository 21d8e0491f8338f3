using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Configuration;
using Platform.Data;
using Platform.Domain;
using Platform.Streams;

namespace Platform.Tests.Data;

/// <summary>What is sent to SQL Server to insert at once, which no server here can be asked about.</summary>
public sealed class JsonInsertTests
{
    [Fact]
    [Trait("Fault", "Q5")]
    public void The_message_is_one_text_for_any_number_of_rows()
    {
        using var one = Open();
        using var many = Open();
        one.Add(ASample());
        many.AddRange(ASample(), ASample(), ASample());

        TextOf(one).ShouldBe(TextOf(many));
    }

    [Fact]
    [Trait("Fault", "Q5")]
    public void Positions_are_given_in_the_order_of_what_is_said_and_all_is_one_transaction()
    {
        using var context = Open();
        context.Outbox.Add(AnEvent("1"));
        context.Outbox.Add(AnEvent("2"));

        var text = TextOf(context);

        text.ShouldStartWith("SET XACT_ABORT ON; BEGIN TRANSACTION;");
        text.ShouldContain("INSERT INTO [samples].[outbox]");
        text.ShouldContain("DECLARE @given_rows0 TABLE ([Position] bigint);");
        text.ShouldContain("OUTPUT inserted.[Position] INTO @given_rows0 ([Position]) SELECT");
        text.ShouldContain("SELECT [Position] FROM @given_rows0;");
        text.ShouldContain("FROM OPENJSON(@rows0) WITH ([#] int '$[0]'");
        text.ShouldContain("ORDER BY [#];");
        text.TrimEnd().ShouldEndWith("COMMIT TRANSACTION;");
        text.ShouldNotContain("Written", Case.Sensitive, "the server numbers the rows itself");
    }

    [Fact]
    [Trait("Fault", "Q5")]
    public void Rows_are_numbered_and_their_values_are_as_the_model_stores_them()
    {
        using var context = Open();
        var sample = ASample() with { Note = "맛있어요 \"' \n", Mood = Mood.Cheerful, Share = 0.1 };
        context.Add(sample);
        context.Add(ASample());

        var json = ValuesOf(context);

        json.ShouldStartWith("[[0,");
        json.ShouldContain(",[1,");
        json.ShouldContain(sample.Id.ToString());
        json.ShouldContain("\"Cheerful\"");
        json.ShouldContain("0.1");
        using var read = System.Text.Json.JsonDocument.Parse(json);
        read.RootElement[0].EnumerateArray().ShouldContain(value => value.ToString() == sample.Note);
    }

    /// <summary>By that number it is told which positions are settled, without a lock.</summary>
    [Fact]
    [Trait("Fault", "Q4")]
    public void Each_row_of_an_outbox_is_numbered_by_the_server_as_it_is_written()
    {
        using var context = Open();

        var written = context.Model.FindEntityType(typeof(OutboxRow))!.FindProperty("Written")!;

        written.GetColumnType().ShouldBe("rowversion");
        written.ValueGenerated.ShouldBe(ValueGenerated.OnAddOrUpdate);
    }

    [Fact]
    [Trait("Fault", "Q5")]
    public void A_cursor_moves_along_or_the_whole_message_is_refused()
    {
        using var context = Open();
        context.Outbox.Add(AnEvent("1"));

        var message = Message(context, new CursorMove("talk", 5, new StreamPlace(null, 7, null), 1));

        message.CommandText.ShouldContain("UPDATE [samples].[cursor] SET [Position] = @to");
        message.CommandText.ShouldContain("THROW 50000");
        message.Parameters["@to"].Value.ShouldBe(7L);
        message.Parameters["@from"].Value.ShouldBe(5L);
        message.Parameters["@stream"].Value.ShouldBe("talk");
        message.Parameters["@replays"].Value.ShouldBe(1L);
    }

    [Fact]
    [Trait("Fault", "Q5")]
    public void A_table_that_refers_to_others_is_left_to_Entity_Framework()
    {
        using var context = Open();
        context.Add(new Detail { Id = Guid.CreateVersion7(), SampleId = Guid.CreateVersion7() });

        new SqlServerEngine()
            .InsertAtOnce(context, [.. context.ChangeTracker.Entries()], null)
            .ShouldBeNull();
    }

    private static string TextOf(SamplesDbContext context) => Message(context, null).CommandText;

    private static string ValuesOf(SamplesDbContext context) =>
        (string)Message(context, null).Parameters["@rows0"].Value;

    private static SqlBatchCommand Message(SamplesDbContext context, CursorMove? move) =>
        (SqlBatchCommand)
            new SqlServerEngine()
                .InsertAtOnce(context, [.. context.ChangeTracker.Entries()], move)!
                .BatchCommands[0];

    private static Sample ASample() => new() { Id = Guid.CreateVersion7(), Price = new Money(1m, "KRW") };

    private static OutboxRow AnEvent(string payload) =>
        new()
        {
            EventId = Guid.CreateVersion7(),
            Type = "samples.sample-made.v1",
            Key = Guid.CreateVersion7(),
            Payload = payload,
            OccurredAt = TimeProvider.System.GetUtcNow(),
        };

    private static SamplesDbContext Open()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Database:Engine", "SqlServer"),
                new("Database:ConnectionString", "Server=nowhere;Database=samples"),
            ])
            .Build();
        var options = new DbContextOptionsBuilder<SamplesDbContext>();
        DatabaseChoice.Read(configuration, "Modules:Samples", "samples").Configure(options);
        return new SamplesDbContext(options.Options, TimeProvider.System);
    }
}

using Architecture.Tests.Contracts;
using Architecture.Tests.Drawings;

namespace Architecture.Tests.Specs;

/// <summary>What is drawn from the code says all of it, and what lags behind the code is found.</summary>
public sealed class DrawingSpecs
{
    [Fact]
    public void A_module_that_begins_to_listen_is_in_the_picture_of_how_events_flow() =>
        Views.EventFlow(Fixtures.Clean).ShouldContain("    orders -->|OrderDelivered| fidgets\n");

    [Fact]
    public void A_picture_that_lags_behind_is_drawn_anew_and_the_text_around_it_stays()
    {
        const string page = "Before.\n<!-- drawn: event flow -->\nOld.\n<!-- end -->\nBehind.\n";

        DrawnDocuments
            .Redrawn(page, Fixtures.Clean)
            .ShouldBe(
                $"Before.\n<!-- drawn: event flow -->\n{Views.EventFlow(Fixtures.Clean)}<!-- end -->\nBehind.\n"
            );
    }

    [Fact]
    public void A_document_that_is_not_as_the_code_has_it_is_named_with_the_line_and_what_to_run()
    {
        var document = new WrittenDocument("docs/contracts/listeners.json");

        document
            .Against(document.Text.Insert(document.Text.IndexOf('\n') + 1, "more\n"))
            .Select(violation => violation.ToString())
            .ShouldBe([
                "docs/contracts/listeners.json: is not as the code has it, from line 2 on; run scripts/write-contracts, which writes it.",
            ]);
    }
}

using System.Text.Json.Nodes;

namespace Architecture.Tests.Specs;

/// <summary>A change of an event that breaks somebody is refused, and names whom it breaks.</summary>
public sealed class ContractChangeSpecs : IDisposable
{
    private const string Undeliverable = "orders.order-undeliverable.v1";
    private const string Sentence = "; leave it as it was and publish a new version (…v2) beside it.";

    private readonly PlantedChanges _planted = PlantedChanges.OfProduct();

    [Fact]
    public void What_is_as_it_was_written_is_not_refused() => _planted.Refusals().ShouldBeEmpty();

    [Fact]
    public void A_member_that_is_removed_breaks_those_who_listen_in_this_build_and_outside() =>
        _planted
            .WithListener("Archive", Undeliverable, "tip")
            .Before(Undeliverable, schema => Add(schema, "tip", Decimal()))
            .Refusals()
            .ShouldBe([
                $"{Undeliverable} tip: is gone, which breaks Reviews, Archive (team-elsewhere){Sentence}",
                $"{Undeliverable} tip: is what Archive (team-elsewhere) says it reads, and the event has no such member; correct listeners.json.",
            ]);

    [Fact]
    public void A_member_that_somebody_outside_does_not_read_does_not_break_them() =>
        _planted
            .WithListener("Archive", Undeliverable, "orderId")
            .Before(Undeliverable, schema => Add(schema, "tip", Decimal()))
            .Refusals()
            .ShouldBe([$"{Undeliverable} tip: is gone, which breaks Reviews{Sentence}"]);

    [Fact]
    public void A_member_that_is_renamed_is_told_by_its_new_name() =>
        _planted
            .WithListener("Archive", Undeliverable, "*")
            .Before(Undeliverable, schema => Rename(schema, "reason", "why"))
            .Refusals()
            .ShouldContain(
                $"{Undeliverable} why: is gone, renamed to reason, which breaks Reviews, Archive (team-elsewhere){Sentence}"
            );

    [Theory]
    [InlineData("reason", "integer", null, "is string instead of integer")]
    [InlineData("failedAt", "string", "date", "is string (date-time) instead of string (date)")]
    public void A_member_of_another_type_breaks_them(
        string member,
        string type,
        string? format,
        string how
    ) =>
        _planted
            .Before(
                Undeliverable,
                schema =>
                    schema["properties"]![member] = format is null
                        ? new JsonObject { ["type"] = type }
                        : new JsonObject { ["type"] = type, ["format"] = format }
            )
            .Refusals()
            .ShouldBe([$"{Undeliverable} {member}: {how}, which breaks Reviews{Sentence}"]);

    [Fact]
    public void A_member_that_may_be_null_from_now_on_breaks_them() =>
        _planted
            .Before(Undeliverable, schema => schema["properties"]!["riderId"]!["type"] = "string")
            .Refusals()
            .ShouldBe([
                $"{Undeliverable} riderId: is string (uuid) or null instead of string (uuid), which breaks Reviews{Sentence}",
            ]);

    [Fact]
    public void A_member_that_must_be_there_from_now_on_breaks_those_who_read_what_was_said_before() =>
        _planted
            .Before(
                Undeliverable,
                schema =>
                {
                    Without(schema["required"]!.AsArray(), "fault");
                    schema["examples"]![0]!.AsObject().Remove("fault");
                }
            )
            .Refusals()
            .ShouldContain(
                $"{Undeliverable} fault: must be there, which it need not be before, which breaks Reviews{Sentence}"
            );

    [Fact]
    public void A_member_that_is_new_and_must_be_there_breaks_them_too() =>
        _planted
            .Before(Undeliverable, schema => Remove(schema, "fault"))
            .Refusals()
            .ShouldContain(
                $"{Undeliverable} fault: is new and must be there, which breaks Reviews{Sentence}"
            );

    [Fact]
    public void A_value_that_is_new_breaks_those_who_know_them_all() =>
        _planted
            .WithListener("Archive", Undeliverable, "fault")
            .Before(
                Undeliverable,
                schema => Without(schema["properties"]!["fault"]!["enum"]!.AsArray(), "platform")
            )
            .Refusals()
            .ShouldBe([
                $"{Undeliverable} fault: may be 'platform', which was none of its values, which breaks Reviews, Archive (team-elsewhere){Sentence}",
            ]);

    [Fact]
    public void A_value_that_is_never_said_any_more_breaks_those_who_wait_for_it() =>
        _planted
            .Before(
                Undeliverable,
                schema => schema["properties"]!["fault"]!["enum"]!.AsArray().Add("weather")
            )
            .Refusals()
            .ShouldBe([
                $"{Undeliverable} fault: is never 'weather' any more, which breaks Reviews{Sentence}",
            ]);

    [Fact]
    public void An_alias_that_is_changed_breaks_those_who_listen_to_the_old_one() =>
        _planted
            .WithListener("Archive", "orders.order-lost.v1", "*")
            .BeforeWas("orders.order-lost.v1", like: Undeliverable, isThatNew: true)
            .Refusals()
            .ShouldContain(
                $"orders.order-lost.v1: is gone, renamed to {Undeliverable}, which breaks Reviews, Archive (team-elsewhere){Sentence}"
            );

    [Fact]
    public void An_event_that_is_removed_breaks_those_who_listened_to_it() =>
        _planted
            .BeforeWas("orders.order-lost.v1", like: Undeliverable, isThatNew: false)
            .Refusals()
            .ShouldBe([$"orders.order-lost.v1: is gone, which breaks Reviews{Sentence}"]);

    [Fact]
    public void A_member_of_a_part_is_told_by_its_path() =>
        _planted
            .Before(
                "orders.order-accepted.v1",
                schema => Add(schema["properties"]!["pickUp"]!.AsObject(), "floor", Decimal())
            )
            .Refusals()
            .ShouldBe([$"orders.order-accepted.v1 pickUp.floor: is gone, which breaks Riders{Sentence}"]);

    [Fact]
    public void An_optional_member_that_is_new_breaks_nobody_and_passes_once_it_is_written()
    {
        using var planted = PlantedChanges
            .OfClean()
            .Before(
                "fidgets.fidget-issued.v1",
                schema =>
                {
                    schema["properties"]!.AsObject().Remove("note");
                    schema["examples"]!.AsArray().RemoveAt(1);
                }
            );

        planted
            .Refusals()
            .ShouldContain(refusal =>
                refusal.StartsWith(
                    "fidgets.fidget-issued.v1: note is new, which breaks nobody; approve it by running scripts/write-contracts",
                    StringComparison.Ordinal
                )
            );
        planted.Write().Refusals().ShouldBeEmpty();
    }

    [Fact]
    public void A_change_that_breaks_somebody_is_not_written() =>
        _planted
            .Before(Undeliverable, schema => Add(schema, "tip", Decimal()))
            .Write()
            .Refusals()
            .ShouldBe([$"{Undeliverable} tip: is gone, which breaks Reviews{Sentence}"]);

    public void Dispose() => _planted.Dispose();

    private static JsonObject Decimal() => new() { ["type"] = "number", ["format"] = "decimal" };

    private static void Add(JsonObject schema, string member, JsonObject type)
    {
        schema["properties"]![member] = type;
        schema["required"]!.AsArray().Add(member);
    }

    private static void Remove(JsonObject schema, string member)
    {
        schema["properties"]!.AsObject().Remove(member);
        Without(schema["required"]!.AsArray(), member);
    }

    private static void Rename(JsonObject schema, string member, string former)
    {
        Add(schema, former, schema["properties"]![member]!.DeepClone().AsObject());
        Remove(schema, member);
    }

    private static void Without(JsonArray values, string value) =>
        values.Remove(values.Single(one => $"{one}" == value));
}

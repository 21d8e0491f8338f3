using Platform.Domain;

namespace Platform.Tests.Domain;

/// <summary>One text is one text, whatever it was typed with.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [Trait("Fault", "M4")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\rb", "a\nb")]
    [InlineData("  a \r\n", "a")]
    [InlineData(null, "")]
    public void A_line_break_is_one_character(string? typed, string kept) =>
        PlainText.Tidy(typed).ShouldBe(kept);

    [Theory]
    [Trait("Fault", "M3")]
    [InlineData("\u200B\u200D\uFE0F", "")]
    [InlineData("\u2800\u3164\u115F", "")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\U0001F468\u200D\U0001F469", "\U0001F468\u200D\U0001F469")]
    public void Text_without_a_visible_character_is_empty(string typed, string kept) =>
        PlainText.Tidy(typed).ShouldBe(kept);

    [Fact]
    [Trait("Fault", "M3")]
    public void Half_a_character_is_not_readable_and_breaks_nothing()
    {
        PlainText.IsReadable("a\ud800b").ShouldBeFalse();
        PlainText.IsName("a\udc00").ShouldBeFalse();
        PlainText.Tidy(" a\ud800b ").ShouldBe("a\ud800b");
        Should.NotThrow(() => PlainText.KeyOf("a\ud800b"));
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Platform.Domain;

/// <summary>What people type, as it is kept, counted and compared wherever it comes from.</summary>
public static class PlainText
{
    private static readonly SearchValues<char> BidirectionalOverrides = SearchValues.Create(
        "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"
    );

    /// <summary>Letters and signs by their category that leave nothing on a screen.</summary>
    private const string Blanks = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>
    /// The text as it is kept: a line break is one character, accents are part of their letters (NFC), and there is no
    /// space around it. Without a single visible character it is empty.
    /// </summary>
    public static string Tidy(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (IsPlainAscii(text))
            return text.Trim();
        var lines = WithSingleLineBreaks(text);
        // What cannot be read is left as it is, to be refused by name.
        if (!IsReadable(lines))
            return lines.Trim();
        return HasVisible(lines) ? lines.Normalize().Trim() : "";
    }

    /// <summary>Like <see cref="Tidy"/>, and null in place of empty.</summary>
    public static string? TidyOrNull(string? text) => Tidy(text) is { Length: > 0 } tidy ? tidy : null;

    /// <summary>Browsers send two characters for the one that a person typed and that a field counted.</summary>
    public static string WithSingleLineBreaks(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains('\r', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            : text;
    }

    /// <summary>
    /// Whether databases and screens can do with it: no half characters, and no control characters but line breaks
    /// and tabs.
    /// </summary>
    public static bool IsReadable(string text) =>
        IsPlainAscii(text)
        || IsWellFormed(text)
            && !text.Any(sign => char.IsControl(sign) && sign is not ('\n' or '\r' or '\t'));

    /// <summary>
    /// Whether it can be a name, which stands in one line among others: no line breaks, and none of the signs that turn
    /// round the order in which what follows is read.
    /// </summary>
    public static bool IsName(string text) =>
        IsPlainAscii(text)
        || IsWellFormed(text)
            && !text.Any(char.IsControl)
            && !text.AsSpan().ContainsAny(BidirectionalOverrides);

    /// <summary>The same for all names that people cannot tell apart: capitals, accents' spelling, blanks.</summary>
    public static string KeyOf(string name)
    {
        var tidy = Tidy(name);
        var key = new StringBuilder(tidy.Length);
        foreach (var rune in tidy.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (key.Length > 0 && key[^1] != ' ')
                    key.Append(' ');
            }
            else if (IsVisible(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                key.Append(rune);
            }
        }
        return key.ToString().Trim().ToUpperInvariant();
    }

    /// <summary>Blanks and visible signs of the oldest kind alone, as in most texts, have nothing that needs a look at each.</summary>
    private static bool IsPlainAscii(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool HasVisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune))
                return true;
        }
        return false;
    }

    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
            )
        && !(rune.IsBmp && Blanks.Contains((char)rune.Value, StringComparison.Ordinal));

    private static bool IsWellFormed(string text)
    {
        for (var place = 0; place < text.Length; place++)
        {
            if (!char.IsSurrogate(text[place]))
                continue;
            if (place + 1 == text.Length || !char.IsSurrogatePair(text[place], text[place + 1]))
                return false;
            place++;
        }
        return true;
    }
}

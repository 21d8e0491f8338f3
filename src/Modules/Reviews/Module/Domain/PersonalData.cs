using System.Text;
using System.Text.RegularExpressions;

namespace Reviews.Domain;

/// <summary>
/// Takes telephone numbers and e-mail addresses out of what people wrote. It works when a text is shown and not
/// when it is stored, so that a rule learnt tomorrow also covers what was written yesterday.
/// </summary>
internal static partial class PersonalData
{
    private const string Masked = "***";

    /// <summary>What people put between digits: blanks, dashes, dots, commas, brackets, invisible characters.</summary>
    private const string Between = @"[\s\p{Pd}\p{Cf}−._·•~/(),;:*#|、]";
    private const string GapOfForeign = @"[\s\p{Pd}\p{Cf}−._·•~/()]{0,3}";
    private const string Gap = Between + "{0,3}";
    private const string Spaced = Between + "{1,3}";
    private const string Grouped = Gap + @"\d{3,4}" + Gap + @"\d{4}(?!\d)";

    private const string Korea = @"(\+|00)82" + Gap + "0?" + Gap;
    private const string MobileStart = "(((" + @"\+|00)?82" + Gap + "0?" + Gap + ")|0)1[016789]";
    private const string Mobile = MobileStart + "(" + Grouped + "|(" + Gap + @"\d){7,8}(?!\d))";
    private const string SpacedMobile =
        "0" + Spaced + "1" + Spaced + "[016789](" + Spaced + @"\d){7,8}(?!\d)";
    private const string Landline = "(" + Korea + @"|0)(2|[3-6]\d|[578]0\d?)" + Grouped;

    /// <summary>With commas between, it would be an amount.</summary>
    private const string Foreign = @"\+\d(" + GapOfForeign + @"\d){7,14}(?!\d)";

    private const string Telephone =
        @"(?<!\d)(" + Mobile + "|" + SpacedMobile + "|" + Landline + "|" + Foreign + ")";
    private const string Email = @"[A-Za-z0-9._%+\-]{1,64}@([A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24}";

    /// <summary>The text with every telephone number and e-mail address replaced by three asterisks.</summary>
    public static string Mask(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        foreach (var found in Pattern().EnumerateMatches(ToAscii(text)))
        {
            masked ??= new StringBuilder(text.Length);
            masked.Append(text, copied, found.Index - copied).Append(Masked);
            copied = found.Index + found.Length;
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Full-width digits and signs, as Korean keyboards offer them, become plain ones in the same places.</summary>
    private static string ToAscii(string text) =>
        string.Create(
            text.Length,
            text,
            (folded, from) =>
            {
                for (var i = 0; i < from.Length; i++)
                {
                    folded[i] = from[i] is >= '！' and <= '～' ? (char)(from[i] - 0xFEE0) : from[i];
                }
            }
        );

    // Every repetition is bounded and no two neighbours match the same character, so the time grows with the
    // length of the text and the limit below is never met.
    [GeneratedRegex(Telephone + "|" + Email, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Pattern();
}

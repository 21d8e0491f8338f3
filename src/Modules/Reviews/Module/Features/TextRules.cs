using FluentValidation;
using Reviews.Domain;

namespace Reviews.Features;

/// <summary>What all texts that people write here have in common.</summary>
internal static class TextRules
{
    public static IRuleBuilderOptions<T, string> MustBeAText<T>(this IRuleBuilder<T, string> text) =>
        text.NotNull()
            .MaximumLength(Review.LongestText)
            .Must(written => written is null || !written.Any(IsUnreadable))
            .WithMessage("Must not contain control characters.");

    private static bool IsUnreadable(char letter) =>
        char.IsControl(letter) && letter is not ('\n' or '\r' or '\t');
}

using FluentValidation;
using Platform.Domain;

namespace Platform.Commands;

/// <summary>
/// What holds of every text that people type. Lengths are those of the text as it is kept
/// (<see cref="PlainText.Tidy"/>), in UTF-16 characters, which is what browsers count and every database has room for.
/// </summary>
public static class TextRules
{
    /// <summary>A text of several lines that may be left out.</summary>
    public static IRuleBuilderOptions<T, string?> IsText<T>(
        this IRuleBuilder<T, string?> text,
        int longest
    ) =>
        text.Must(value => PlainText.Tidy(value).Length <= longest)
            .WithMessage($"It has {longest} characters at most.")
            .Must(value => value is null || PlainText.IsReadable(value))
            .WithMessage("It must not contain control characters.");

    /// <summary>A text of several lines that must say something.</summary>
    public static IRuleBuilderOptions<T, string?> IsRequiredText<T>(
        this IRuleBuilder<T, string?> text,
        int longest
    ) => text.SaysSomething().IsText(longest);

    /// <summary>A name, a label, an address: one line that may be left out.</summary>
    public static IRuleBuilderOptions<T, string?> IsLine<T>(
        this IRuleBuilder<T, string?> line,
        int longest
    ) =>
        line.Must(value => PlainText.Tidy(value).Length <= longest)
            .WithMessage($"It has {longest} characters at most.")
            .Must(value => value is null || PlainText.IsName(value))
            .WithMessage(
                "It must not contain line breaks, control characters or signs that turn text round."
            );

    /// <summary>A name, a label, an address: one line that must say something.</summary>
    public static IRuleBuilderOptions<T, string?> IsRequiredLine<T>(
        this IRuleBuilder<T, string?> line,
        int longest
    ) => line.SaysSomething().IsLine(longest);

    private static IRuleBuilderOptions<T, string?> SaysSomething<T>(this IRuleBuilder<T, string?> text) =>
        text.Must(value => PlainText.Tidy(value).Length > 0).WithMessage("It must not be empty.");
}

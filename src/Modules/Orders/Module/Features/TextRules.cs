using FluentValidation;

namespace Orders.Features;

/// <summary>What text must be like that people type.</summary>
internal static class TextRules
{
    private const int LongestReason = 50;

    /// <summary>No control characters but line breaks and tabs: databases and screens choke on them.</summary>
    public static IRuleBuilderOptions<T, string?> PlainText<T>(this IRuleBuilder<T, string?> text) =>
        text.Must(value =>
                value?.Any(sign => char.IsControl(sign) && sign is not ('\n' or '\r' or '\t')) != true
            )
            .WithMessage("'{PropertyName}' must not contain control characters.");

    /// <summary>A reason is a short code such as <c>out_of_stock</c>.</summary>
    public static IRuleBuilderOptions<T, string?> ReasonCode<T>(this IRuleBuilder<T, string?> reason) =>
        reason
            .NotEmpty()
            .MaximumLength(LongestReason)
            .Must(value => value?.Any(char.IsLetterOrDigit) == true)
            .WithMessage("'{PropertyName}' must be a code such as out_of_stock.");

    /// <summary>Forgives capitals, spaces and hyphens, so that one reason has one code.</summary>
    public static string ToReasonCode(this string reason) =>
        string.Join(
            '_',
            new string([
                .. reason.Select(sign => char.IsLetterOrDigit(sign) ? char.ToLowerInvariant(sign) : ' '),
            ]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
}

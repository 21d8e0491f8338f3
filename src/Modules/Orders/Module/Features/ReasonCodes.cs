using FluentValidation;

namespace Orders.Features;

/// <summary>Why something was done to an order, as a code.</summary>
internal static class ReasonCodes
{
    private const int LongestReason = 50;

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

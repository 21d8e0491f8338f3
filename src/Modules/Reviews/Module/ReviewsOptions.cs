using System.Globalization;
using Microsoft.Extensions.Configuration;
using Platform.Settings;

namespace Reviews;

/// <summary>The numbers of the module's rules, from the section <c>Modules:Reviews</c>.</summary>
internal sealed record ReviewsOptions
{
    /// <summary>How long after its delivery an order may be reviewed. Applies to orders delivered from now on.</summary>
    public TimeSpan ReviewWindow { get; init; } = TimeSpan.FromDays(25);

    /// <summary>How long after publishing it its author may edit a review.</summary>
    public TimeSpan EditWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a dispute hides a review at most.</summary>
    public TimeSpan DisputeWindow { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often disputes that ran out are looked for.</summary>
    public TimeSpan DisputeSweepInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Operators are told when the mean of all food or delivery scores is lower.</summary>
    public double LeastRating { get; init; } = 3.5;

    /// <summary>Operators are told when more reported reviews wait for them.</summary>
    public int MostReported { get; init; } = 20;

    /// <summary>Reads the section, leaving defaults where it says nothing.</summary>
    /// <exception cref="SettingRefusedException">A value is not a positive span of time, or not a number.</exception>
    public static ReviewsOptions Read(IConfiguration settings)
    {
        var defaults = new ReviewsOptions();
        return new ReviewsOptions
        {
            ReviewWindow = Span(nameof(ReviewWindow), defaults.ReviewWindow),
            EditWindow = Span(nameof(EditWindow), defaults.EditWindow),
            DisputeWindow = Span(nameof(DisputeWindow), defaults.DisputeWindow),
            DisputeSweepInterval = Span(nameof(DisputeSweepInterval), defaults.DisputeSweepInterval),
            LeastRating = Number(nameof(LeastRating), defaults.LeastRating),
            MostReported = (int)Number(nameof(MostReported), defaults.MostReported),
        };

        TimeSpan Span(string key, TimeSpan otherwise) =>
            settings[key] is not { } text ? otherwise
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero
                ? span
            : throw new SettingRefusedException(
                $"Modules:Reviews:{key}",
                $"'{text}' is not a positive span of time such as 25.00:00:00."
            );

        double Number(string key, double otherwise) =>
            settings[key] is not { } text ? otherwise
            : double.TryParse(
                text,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
            : throw new SettingRefusedException($"Modules:Reviews:{key}", $"'{text}' is not a number.");
    }
}

using Microsoft.Extensions.Options;
using Orders.Domain;
using Orders.Features;

namespace Orders;

/// <summary>The numbers of the rules, from <c>Modules:Orders</c>.</summary>
internal sealed class OrdersOptions
{
    /// <summary>How long a store may take to answer.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The most lines of an order.</summary>
    public int MaximumLines { get; set; } = 50;

    /// <summary>The most units of an order, over all lines.</summary>
    public int MaximumUnits { get; set; } = 100;

    /// <summary>The longest preparation that a store may announce.</summary>
    public int MaximumPreparationMinutes { get; set; } = 180;

    /// <summary>How long to wait after a release failed; doubled with each further failure.</summary>
    public TimeSpan ReleaseRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two attempts at a release.</summary>
    public TimeSpan LongestReleaseRetry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a payment that was begun may be without its order, at the least, and twice as long at the most: then
    /// it is given back. More than any placing takes.
    /// </summary>
    public TimeSpan UnknownAuthorisationWait { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The rest between two sweeps of deadlines.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Operators are told when stores accept a smaller share of the last hour's orders.</summary>
    public double LeastAccepted { get; set; } = 0.8;

    /// <summary>Operators are told when an order is open for longer.</summary>
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Operators are told when the way from placing to the door takes longer on average.</summary>
    public TimeSpan ToDoorWithin { get; set; } = TimeSpan.FromMinutes(75);

    /// <summary>Operators are told when fewer orders are placed per minute; 0 for never.</summary>
    public double LeastPerMinute { get; set; }

    public BasketLimits Limits => new(MaximumLines, MaximumUnits);
}

/// <summary>Stops a start with numbers that make no sense, naming the key.</summary>
internal sealed class OrdersOptionsRules : IValidateOptions<OrdersOptions>
{
    public ValidateOptionsResult Validate(string? name, OrdersOptions options)
    {
        string[] wrong =
        [
            .. MustBePositive(nameof(options.AnswerWithin), options.AnswerWithin.Ticks),
            .. MustBeWithin(
                nameof(options.MaximumLines),
                options.MaximumLines,
                BasketSizes.MostItems,
                least: 1
            ),
            .. MustBePositive(nameof(options.MaximumUnits), options.MaximumUnits),
            .. MustBePositive(nameof(options.MaximumPreparationMinutes), options.MaximumPreparationMinutes),
            .. MustBePositive(nameof(options.ReleaseRetry), options.ReleaseRetry.Ticks),
            .. MustBePositive(nameof(options.LongestReleaseRetry), options.LongestReleaseRetry.Ticks),
            .. MustBePositive(
                nameof(options.UnknownAuthorisationWait),
                options.UnknownAuthorisationWait.Ticks
            ),
            .. MustBePositive(nameof(options.SweepInterval), options.SweepInterval.Ticks),
            .. MustBePositive(nameof(options.StuckAfter), options.StuckAfter.Ticks),
            .. MustBePositive(nameof(options.ToDoorWithin), options.ToDoorWithin.Ticks),
            .. MustBeWithin(nameof(options.LeastAccepted), options.LeastAccepted, 1),
            .. MustBeWithin(nameof(options.LeastPerMinute), options.LeastPerMinute, double.MaxValue),
        ];
        return wrong.Length > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> MustBePositive(string key, long value) =>
        value > 0 ? [] : [$"Modules:Orders:{key}: it must be more than zero."];

    private static IEnumerable<string> MustBeWithin(
        string key,
        double value,
        double most,
        double least = 0
    ) =>
        value >= least && value <= most
            ? []
            : [FormattableString.Invariant($"Modules:Orders:{key}: it must be between {least} and {most}.")];
}

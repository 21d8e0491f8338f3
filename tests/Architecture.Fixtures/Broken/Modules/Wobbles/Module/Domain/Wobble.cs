using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Wobbles.Features;

namespace Wobbles.Domain;

/// <summary>Knows the database by an attribute, validation by a base class, logging in an async lambda.</summary>
[Index("Code")]
internal sealed class Wobble
{
    public Guid Id { get; set; }

    public string Code { get; set; } = "";

    public static Func<Task> Logging(object log) =>
        async () =>
        {
            await Task.Yield();
            ((ILogger)log).LogInformation("Spent.");
        };
}

internal sealed class WobbleRules : AbstractValidator<Wobble>;

public static class Limits
{
    public const int Most = 5;

    /// <summary>A constant of another room leaves no trace in the compiled code.</summary>
    public const string Route = SpendWobbleEndpoints.Route;
}

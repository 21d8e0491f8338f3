namespace Platform.Modules;

/// <summary>
/// What a module's business comes to in numbers, for whoever watches it over time. It is read when somebody asks and
/// never else, perhaps every few seconds: it looks at a bounded number of rows.
/// </summary>
public interface IBusinessFigures
{
    /// <summary>Reads the figures as they are now.</summary>
    Task<IReadOnlyList<BusinessFigure>> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>One number. What cannot be told just now, such as the mean of nothing, is left out.</summary>
/// <param name="Name">Such as <c>monolith.orders.open</c>: it begins with <c>monolith.</c> and the module's stream.</param>
/// <param name="Unit">As UCUM writes it: <c>s</c>, <c>{order}</c> for a count, nothing for a share or a score.</param>
/// <param name="Description">One sentence for whoever meets it in a dashboard.</param>
/// <param name="Value">The number; null when there is none.</param>
/// <param name="State">Which state it counts, where there is one such figure for each.</param>
/// <param name="Bounds">What the business wants it within; operators are told when it is not.</param>
public sealed record BusinessFigure(
    string Name,
    string Unit,
    string Description,
    double? Value,
    string? State = null,
    Bounds? Bounds = null
);

/// <summary>The least and the most that a figure should be.</summary>
/// <param name="Broken">What to tell operators when it is not, after the module's name; English is the key of its words.</param>
/// <param name="Least">Below this it is told; null when it cannot be too low.</param>
/// <param name="Most">Above this it is told; null when it cannot be too high.</param>
public sealed record Bounds(string Broken, double? Least = null, double? Most = null);

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Platform.Pages;

/// <summary>
/// A line over time. In the control room its points come with the room's stream, by the line's name, so a module's
/// piece of it holds the place and no history.
/// </summary>
public sealed class Chart : ComponentBase
{
    /// <summary>The length of a line's time, in the units of its points.</summary>
    public const int Width = 59;

    private const int Height = 40;
    private const double Edge = 2;

    /// <summary>What it shows, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The line's name on the stream; null for one that stays as it is.</summary>
    [Parameter]
    public string? Line { get; set; }

    /// <summary>What it is drawn as before the stream brings more.</summary>
    [Parameter]
    public string? Points { get; set; }

    /// <summary>Which of the theme's colours it has.</summary>
    [Parameter]
    public string? Kind { get; set; }

    /// <summary>Writes a line's points, one for each step of its time, as an SVG polyline takes them.</summary>
    /// <param name="values">Oldest first; null where nothing is known.</param>
    public static string Draw(IReadOnlyList<double?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var most = Math.Max(1, values.Max() ?? 0);
        List<string> points =
        [
            .. values
                .Select((value, index) => value is { } known ? At(index, known / most) : null)
                .OfType<string>(),
        ];
        // A line of one point would not be seen.
        if (points.Count == 1 && values[^1] is { } only)
            points.Insert(0, At(values.Count - 2, only / most));
        return string.Join(' ', points);
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", Kind is null ? "spark" : $"spark {Kind}");
        builder.AddAttribute(2, "viewBox", FormattableString.Invariant($"0 0 {Width} {Height}"));
        builder.AddAttribute(3, "preserveAspectRatio", "none");
        builder.AddAttribute(4, "role", "img");
        builder.AddAttribute(5, "aria-label", Label);
        builder.OpenElement(6, "polyline");
        builder.AddAttribute(7, "data-line", Line);
        builder.AddAttribute(8, "points", Points);
        builder.CloseElement();
        builder.CloseElement();
    }

    private static string At(int index, double share) =>
        FormattableString.Invariant($"{index},{Height - Edge - ((Height - (2 * Edge)) * share):0.#}");
}

using System.Globalization;
using Orders.Domain;
using Platform.Domain;
using Platform.Pages;

namespace Orders.Pages;

internal sealed record SpanDraft(string From, string To)
{
    public static readonly SpanDraft Blank = new("", "");

    public bool IsBlank => From.Length == 0 && To.Length == 0;
}

/// <summary>A week of opening hours as somebody is typing it: a day without times is one on which the store is closed.</summary>
internal sealed record HoursDraft(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<SpanDraft>> Days)
{
    /// <summary>Weeks begin on Monday here, as they do on doors.</summary>
    public static readonly IReadOnlyList<DayOfWeek> Week =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
        DayOfWeek.Saturday,
        DayOfWeek.Sunday,
    ];

    private const string Clock = "HH:mm";

    public static string FieldOf(DayOfWeek day, int place) => $"{day}-{place}";

    public static HoursDraft Of(IReadOnlyList<OpeningSpan> week) =>
        Having(day =>
            [
                .. week.Where(span => span.Day == day)
                    .OrderBy(span => span.From)
                    .Select(span => new SpanDraft(Text(span.From), Text(span.To))),
            ]
        );

    public static HoursDraft From(PageForm form) =>
        Having(day =>
            [
                .. form.All($"{day}-from")
                    .Zip(form.All($"{day}-to"), (from, to) => new SpanDraft(from, to))
                    .Where(span => !span.IsBlank),
            ]
        );

    public HoursDraft EveryDayAs(DayOfWeek day) => Having(_ => Days[day]);

    /// <summary>The hours, or which fields do not say a time.</summary>
    public Result<IReadOnlyList<OpeningSpan>> ToWeek()
    {
        var (week, wrong) = (
            new List<OpeningSpan>(),
            new Dictionary<string, string[]>(StringComparer.Ordinal)
        );
        foreach (var day in Week)
        {
            foreach (var (span, place) in Days[day].Select((span, place) => (span, place)))
            {
                if (Time(span.From) is { } from && Time(span.To) is { } to)
                    week.Add(new OpeningSpan(day, from, to));
                else
                    wrong[FieldOf(day, place)] = ["Both times are needed, such as 09:00 and 21:30."];
            }
        }
        return wrong.Count == 0
            ? week
            : Error.Invalid("hours_unreadable", "Some times cannot be read.") with
            {
                Fields = wrong,
            };
    }

    private static HoursDraft Having(Func<DayOfWeek, IReadOnlyList<SpanDraft>> of) =>
        new(Week.ToDictionary(day => day, of));

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    private static string Text(TimeOnly time) => time.ToString(Clock, CultureInfo.InvariantCulture);
}

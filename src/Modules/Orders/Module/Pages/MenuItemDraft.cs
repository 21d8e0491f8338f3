using System.Globalization;
using Orders.Domain;
using Orders.Features;
using Platform.Pages;

namespace Orders.Pages;

internal sealed record OptionDraft(string Name, string Price)
{
    public static readonly OptionDraft Blank = new("", "");

    public bool IsBlank => Name.Length == 0 && Price.Length == 0;
}

internal sealed record GroupDraft(
    string Name,
    string Minimum,
    string Maximum,
    IReadOnlyList<OptionDraft> Options
)
{
    private const int RoomAtATime = 3;

    public static readonly GroupDraft Blank = new GroupDraft("", "", "", []).WithRoom();

    public bool IsBlank => Name.Length == 0 && Options.Count == 0;

    public GroupDraft WithRoom() =>
        this with
        {
            Options = [.. Options, .. Enumerable.Repeat(OptionDraft.Blank, RoomAtATime)],
        };
}

/// <summary>
/// An item of the menu as somebody is typing it. Rows that are left blank are no part of it, so that a form without
/// scripts can offer a few more than there are.
/// </summary>
internal sealed record MenuItemDraft(
    string Section,
    string Name,
    string Description,
    string Price,
    IReadOnlyList<GroupDraft> Groups
)
{
    /// <summary>The value of the button that wants another group; the others' are the places of groups.</summary>
    public const string AnotherGroup = "group";

    public static readonly MenuItemDraft Blank = new("", "", "", "", []);

    public static MenuItemDraft Of(MenuItem item) =>
        new(
            item.Section,
            item.Name,
            item.Description,
            Text(item.Price.Amount),
            [
                .. item.OptionGroups.Select(group => new GroupDraft(
                    group.Name,
                    Text(group.Minimum),
                    Text(group.Maximum),
                    [
                        .. group.Options.Select(option => new OptionDraft(
                            option.Name,
                            Text(option.Price.Amount)
                        )),
                    ]
                )),
            ]
        );

    public static MenuItemDraft From(PageForm form)
    {
        var groups = new List<GroupDraft>();
        for (var place = 0; form.Fields.ContainsKey($"group{place}"); place++)
        {
            groups.Add(
                new GroupDraft(
                    form[$"group{place}"] ?? "",
                    form[$"group{place}-minimum"] ?? "",
                    form[$"group{place}-maximum"] ?? "",
                    [
                        .. form.All($"group{place}-option")
                            .Zip(
                                form.All($"group{place}-price"),
                                (name, price) => new OptionDraft(name, price)
                            )
                            .Where(option => !option.IsBlank),
                    ]
                )
            );
        }
        return new(
            form["section"] ?? "",
            form["name"] ?? "",
            form["description"] ?? "",
            form["price"] ?? "",
            [.. groups.Where(group => !group.IsBlank)]
        );
    }

    /// <summary>A group that says nothing of how many allows any number; an option without a price costs nothing more.</summary>
    public MenuItemBody ToBody() =>
        new(
            Section,
            Name,
            Description,
            Amount(Price),
            [
                .. Groups.Select(group => new MenuItemBody.GroupBody(
                    group.Name,
                    group.Minimum.Length == 0 ? 0 : Number(group.Minimum) ?? -1,
                    group.Maximum.Length == 0 ? Math.Max(1, group.Options.Count) : Number(group.Maximum),
                    [
                        .. group.Options.Select(option => new MenuItemBody.OptionBody(
                            option.Name,
                            option.Price.Length == 0 ? 0 : Amount(option.Price)
                        )),
                    ]
                )),
            ]
        );

    /// <summary>With empty rows to type into.</summary>
    /// <param name="wanted">The place of a group that wants more options, or <see cref="AnotherGroup"/>.</param>
    public MenuItemDraft WithRoomFor(string? wanted) =>
        this with
        {
            Groups =
            [
                .. Groups.Select(
                    (group, place) =>
                        Text(place) == wanted || group.Options.Count == 0 ? group.WithRoom() : group
                ),
                .. wanted == AnotherGroup ? [GroupDraft.Blank] : Array.Empty<GroupDraft>(),
            ],
        };

    private static string Text(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

using Simulator.Checking;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>Something that a platform with a bug could have left behind, and what the checker must say of it.</summary>
/// <param name="Name">What went wrong.</param>
/// <param name="Kind">How it must be called.</param>
/// <param name="Rule">The rule that must find it.</param>
/// <param name="Plant">Spoils a day; returns the subject of the finding.</param>
internal sealed partial record PlantedBug(string Name, FindingKind Kind, string Rule, Func<Day, string> Plant)
{
    private const string ADelivered =
        "SELECT Id FROM \"order\" WHERE Status = 'Delivered' ORDER BY PlacedAt LIMIT 1";
    private const string Someone = "0199C000-0000-7000-8000-00000000AAAA";

    public static IReadOnlyList<PlantedBug> All => [.. Orders, .. Riders, .. Reviews, .. Streams];

    public override string ToString() => Name;

    private static string Change(Day day, string module, string find, string change)
    {
        var id = day.Find(module, find);
        day.Spoil(module, change, ("id", id));
        return id;
    }

    private static string WithTimeline(Day day, string find, string timeline)
    {
        var order = day.Find("orders", find);
        day.Spoil(
            "orders",
            "UPDATE \"order\" SET Timeline = @timeline WHERE Id = @id",
            ("timeline", timeline),
            ("id", order)
        );
        return order;
    }

    private static void Swap(Day day, string module, string key, string one, string other)
    {
        var find = "SELECT Position FROM outbox WHERE \"Key\" = @id AND Type = @type";
        SwapPositions(
            day,
            module,
            day.Find(module, find, ("id", key), ("type", one)),
            day.Find(module, find, ("id", key), ("type", other))
        );
    }

    private static void SwapPositions(Day day, string module, string one, string other)
    {
        day.Spoil(module, $"UPDATE outbox SET Position = -1 WHERE Position = {one}");
        day.Spoil(module, $"UPDATE outbox SET Position = {one} WHERE Position = {other}");
        day.Spoil(module, $"UPDATE outbox SET Position = {other} WHERE Position = -1");
    }

    private static void InsertCopy(
        Day day,
        string module,
        string table,
        string key,
        string id,
        params (string Column, object Value)[] changes
    )
    {
        var columns = day.Find(module, $"SELECT group_concat(name) FROM pragma_table_info('{table}')")
            .Split(',');
        var values = columns.Select(column =>
            Array.Exists(changes, change => change.Column == column) ? $"@{column}" : $"\"{column}\""
        );
        day.Spoil(
            module,
            $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) SELECT {string.Join(", ", values)} FROM \"{table}\" WHERE \"{key}\" = @copied",
            [.. changes, ("copied", id)]
        );
    }
}

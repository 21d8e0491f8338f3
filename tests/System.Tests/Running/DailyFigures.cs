using System.Globalization;
using System.Text.Json.Nodes;

namespace System.Tests.Running;

/// <summary>What a day's orders at one store came to, as the report service tells it or as the modules' books have it.</summary>
internal sealed record DailyFigures(
    string Day,
    Guid StoreId,
    string Currency,
    int Orders,
    int Delivered,
    decimal Revenue,
    int Reviews,
    double Rating,
    int Rated
)
{
    /// <summary>
    /// All days, by a query over the databases of Orders and Reviews. A store's rating is that of now, so only what is
    /// compared on the day of its last change can agree.
    /// </summary>
    private const string Books = """
        SELECT
          to_char(placed."PlacedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
          placed."StoreId",
          placed."Total_Currency",
          count(*)::integer,
          (count(*) FILTER (WHERE placed."Status" = 'Delivered'))::integer,
          coalesce(sum(placed."Total_Amount") FILTER (WHERE placed."Status" = 'Delivered'), 0),
          count(review."ReviewId")::integer,
          coalesce((
            SELECT avg("FoodRating")::double precision FROM reviews.review
            WHERE "StoreId" = placed."StoreId" AND "Status" = 'Published'
          ), 0),
          (
            SELECT count(*)::integer FROM reviews.review
            WHERE "StoreId" = placed."StoreId" AND "Status" = 'Published'
          )
        FROM orders."order" AS placed
        LEFT JOIN reviews.review AS review ON review."OrderId" = placed."Id" AND review."Status" = 'Published'
        GROUP BY 1, 2, 3
        """;

    public static IReadOnlyList<DailyFigures> OfBooks(Database database) =>
        InOrder(
            database.Query(
                Books,
                row => new DailyFigures(
                    row.GetString(0),
                    row.GetGuid(1),
                    row.GetString(2),
                    row.GetInt32(3),
                    row.GetInt32(4),
                    row.GetDecimal(5),
                    row.GetInt32(6),
                    Math.Round(row.GetDouble(7), 6),
                    row.GetInt32(8)
                )
            )
        );

    /// <summary>The same days, as the service tells them.</summary>
    public static async Task<IReadOnlyList<DailyFigures>> ToldByAsync(
        ReportService service,
        IEnumerable<string> days
    )
    {
        var told = new List<DailyFigures>();
        foreach (var day in days)
        {
            var report = (await service.Api.GetAsync($"/api/report?day={day}")).ShouldBe(200).Json;
            told.AddRange(report["stores"]!.AsArray().Select(store => OfStore(day, store!)));
        }
        return InOrder(told);
    }

    private static DailyFigures OfStore(string day, JsonNode store) =>
        new(
            day,
            (Guid)store["storeId"]!,
            (string)store["currency"]!,
            (int)store["orders"]!,
            (int)store["delivered"]!,
            decimal.Parse((string)store["revenue"]!, CultureInfo.InvariantCulture),
            (int)store["reviews"]!,
            Math.Round((double?)store["rating"]?["average"] ?? 0, 6),
            (int?)store["rating"]?["count"] ?? 0
        );

    private static IReadOnlyList<DailyFigures> InOrder(IEnumerable<DailyFigures> figures) =>
        [.. figures.OrderBy(one => one.Day, StringComparer.Ordinal).ThenBy(one => one.StoreId)];
}

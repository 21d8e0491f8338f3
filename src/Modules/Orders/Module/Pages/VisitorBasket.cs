using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using Orders.Features;
using Platform.Pages;

namespace Orders.Pages;

/// <summary>What a visitor has put aside of one store's menu.</summary>
internal sealed record BasketLine(Guid MenuItemId, int Quantity, IReadOnlyList<Guid> OptionIds);

/// <summary>
/// A visitor's basket, kept with them in a cookie. It holds ids and counts alone: every name and price in it is
/// asked of the menu when it is shown, and again when it is ordered.
/// </summary>
internal sealed record VisitorBasket(Guid StoreId, IReadOnlyList<BasketLine> Lines)
{
    private const string Cookie = "basket";
    private const int IdBytes = 16;

    /// <summary>A cookie holds four kilobytes at most.</summary>
    private const int LargestCookie = 3_600;
    private const int MostOfOne = 99;
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(7);

    public static readonly VisitorBasket Empty = new(Guid.Empty, []);

    public bool IsEmpty => Lines.Count == 0;

    public int Count => Lines.Sum(line => line.Quantity);

    public IReadOnlyList<BasketItem?> Items =>
        [.. Lines.Select(line => new BasketItem(line.MenuItemId, line.Quantity, line.OptionIds))];

    /// <summary>With more of something. A basket is of one store: what was of another is put back.</summary>
    public VisitorBasket And(Guid storeId, BasketLine added)
    {
        var kept = storeId == StoreId ? Lines : [];
        var same = kept.FirstOrDefault(line =>
            line.MenuItemId == added.MenuItemId && line.OptionIds.ToHashSet().SetEquals(added.OptionIds)
        );
        return new VisitorBasket(
            storeId,
            same is null
                ? [.. kept, added]
                :
                [
                    .. kept.Select(line =>
                        line == same ? Limited(line, line.Quantity + added.Quantity) : line
                    ),
                ]
        );
    }

    /// <summary>With this many of a line; without it when that is none.</summary>
    public VisitorBasket WithQuantity(int index, int quantity) =>
        this with
        {
            Lines =
            [
                .. Lines
                    .Select((line, place) => place == index ? Limited(line, quantity) : line)
                    .Where(line => line.Quantity > 0),
            ],
        };

    public static VisitorBasket Of(HttpContext http)
    {
        var text = http.Request.Cookies[Cookie] ?? "";
        return text.Length > 0 && Base64Url.IsValid(text) ? Read(Base64Url.DecodeFromChars(text)) : Empty;
    }

    /// <summary>Whether there was room for it.</summary>
    public bool Keep(HttpContext http)
    {
        var text = Base64Url.EncodeToString(Written());
        if (text.Length > LargestCookie)
            return false;
        if (IsEmpty)
            http.Response.Cookies.Delete(Cookie);
        else
            VisitorCookie.Keep(http, Cookie, text, Lasting);
        return true;
    }

    private byte[] Written()
    {
        var bytes = new List<byte>(StoreId.ToByteArray());
        foreach (var line in Lines)
        {
            bytes.AddRange(line.MenuItemId.ToByteArray());
            bytes.Add((byte)line.Quantity);
            bytes.Add((byte)line.OptionIds.Count);
            foreach (var option in line.OptionIds)
                bytes.AddRange(option.ToByteArray());
        }
        return [.. bytes];
    }

    /// <summary>A cookie is a visitor's word: whatever cannot be read is an empty basket.</summary>
    private static VisitorBasket Read(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<BasketLine>();
        if (!TryTakeId(ref bytes, out var storeId))
            return Empty;
        while (bytes.Length > 0)
        {
            if (!TryTakeId(ref bytes, out var item) || bytes.Length < 2)
                return Empty;
            var (quantity, count) = (bytes[0], bytes[1]);
            bytes = bytes[2..];
            var options = new List<Guid>();
            for (var option = 0; option < count; option++)
            {
                if (!TryTakeId(ref bytes, out var id))
                    return Empty;
                options.Add(id);
            }
            lines.Add(Limited(new BasketLine(item, quantity, options), quantity));
        }
        return new VisitorBasket(storeId, lines);
    }

    private static bool TryTakeId(ref ReadOnlySpan<byte> bytes, out Guid id)
    {
        id = Guid.Empty;
        if (bytes.Length < IdBytes)
            return false;
        id = new Guid(bytes[..IdBytes]);
        bytes = bytes[IdBytes..];
        return true;
    }

    private static BasketLine Limited(BasketLine line, int quantity) =>
        line with
        {
            Quantity = Math.Clamp(quantity, 0, MostOfOne),
        };
}

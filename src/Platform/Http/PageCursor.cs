using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Platform.Domain;

namespace Platform.Http;

/// <summary>Where a keyset-paged list goes on: behind the row with these sort values. Opaque to clients.</summary>
public static class PageCursor
{
    /// <summary>Items per page when the caller does not say.</summary>
    public const int DefaultLimit = 20;

    /// <summary>The most items a page holds.</summary>
    public const int MaximumLimit = 100;

    /// <summary>What a cursor that cannot be read is answered with.</summary>
    public static readonly Error Unreadable = Error.Invalid(
        "invalid_cursor",
        "The cursor cannot be read: pass the 'next' of an earlier page unchanged, or leave it out."
    );

    /// <summary>What a limit out of range is answered with.</summary>
    public static readonly Error LimitOutOfRange = Error.Invalid(
        "invalid_limit",
        FormattableString.Invariant($"The limit must be between 1 and {MaximumLimit}.")
    );

    /// <summary>Packs a sort value (a time's UTC ticks, a score) and the id that breaks its ties.</summary>
    public static string Encode(long sort, Guid id) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{sort}.{id:N}")));

    /// <summary>Reads what <see cref="Encode"/> packed; false when it is not such a text.</summary>
    public static bool TryDecode(string cursor, out long sort, out Guid id)
    {
        (sort, id) = (0, Guid.Empty);
        ArgumentNullException.ThrowIfNull(cursor);
        if (cursor.Length is 0 or > 128 || !Base64Url.IsValid(cursor))
            return false;
        var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && long.TryParse(
                text.AsSpan(0, dot),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out sort
            )
            && Guid.TryParseExact(text.AsSpan(dot + 1), "N", out id);
    }
}

using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Extraction;

/// <summary>
/// Writes values so that two are the same bytes if, and only if, they mean the same on every engine. Instants count to
/// the microsecond, since PostgreSQL keeps no more; amounts count by their worth, not by their trailing zeros.
/// </summary>
internal static class PlainValues
{
    /// <summary>Divided by it, an amount loses its trailing zeros and nothing else.</summary>
    private const decimal One = 1.000000000000000000000000000000m;

    private static readonly HashSet<Type> Known =
    [
        typeof(bool),
        typeof(byte),
        typeof(short),
        typeof(int),
        typeof(long),
        typeof(float),
        typeof(double),
        typeof(decimal),
        typeof(string),
        typeof(Guid),
        typeof(DateTimeOffset),
        typeof(DateTime),
        typeof(DateOnly),
        typeof(TimeOnly),
        typeof(TimeSpan),
        typeof(byte[]),
    ];

    public static bool Are(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum || Known.Contains(plain);
    }

    /// <summary>A number of 128 bits that tells values from others.</summary>
    public static UInt128 DigestOf(IEnumerable<object?> values)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var value in values)
                Write(writer, value);
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), hash);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }

    private static void Write(BinaryWriter to, object? value)
    {
        switch (value)
        {
            case null:
                to.Write('0');
                break;
            case string text:
                to.Write('s');
                to.Write(text);
                break;
            case bool flag:
                to.Write('f');
                to.Write(flag);
                break;
            case Enum choice:
                to.Write('e');
                to.Write(choice.ToString());
                break;
            case byte or short or int or long:
                to.Write('i');
                to.Write(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case float or double:
                // There are two zeros, and an engine may keep but one.
                to.Write('d');
                to.Write(Convert.ToDouble(value, CultureInfo.InvariantCulture) + 0.0);
                break;
            case decimal amount:
                to.Write('m');
                to.Write((amount / One).ToString(CultureInfo.InvariantCulture));
                break;
            case Guid id:
                to.Write('g');
                to.Write(id.ToByteArray());
                break;
            case byte[] bytes:
                to.Write('b');
                to.Write(bytes.Length);
                to.Write(bytes);
                break;
            case DateOnly day:
                to.Write('y');
                to.Write(day.DayNumber);
                break;
            case DateTimeOffset or DateTime or TimeOnly or TimeSpan:
                to.Write('t');
                to.Write(Microseconds(value));
                break;
            case KeyValuePair<string, object?> member:
                to.Write('k');
                to.Write(member.Key);
                Write(to, member.Value);
                break;
            case IEnumerable items:
                to.Write('[');
                foreach (var item in items)
                    Write(to, item);
                to.Write(']');
                break;
            default:
                throw new NotSupportedException($"Values of {value.GetType()} are not compared.");
        }
    }

    private static long Microseconds(object value) =>
        value switch
        {
            DateTimeOffset instant => instant.UtcTicks,
            DateTime instant => instant.Ticks,
            TimeOnly time => time.Ticks,
            _ => ((TimeSpan)value).Ticks,
        } / TimeSpan.TicksPerMicrosecond;
}

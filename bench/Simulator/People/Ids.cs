using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Simulator.People;

/// <summary>Ids that follow from a run's name and a person's.</summary>
internal static class Ids
{
    public static Guid Of(string run, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{run}/{name}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The idempotency key of a visit, and the note by which its store knows it.</summary>
    public static string Visit(int number) => string.Create(CultureInfo.InvariantCulture, $"visit {number}");
}

using System.Globalization;
using System.Text;

namespace Platform.Pages;

/// <summary>Addresses within the site.</summary>
public static class Local
{
    /// <summary>
    /// The same address in the characters that a header may have: what is not ASCII is escaped as browsers do it.
    /// What is escaped already stays so.
    /// </summary>
    public static string Ascii(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (Ascii(address.AsSpan()))
            return address;
        var escaped = new StringBuilder(address.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(address))
        {
            if (octet is > 0x20 and < 0x7f)
                escaped.Append((char)octet);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return escaped.ToString();
    }

    private static bool Ascii(ReadOnlySpan<char> address) => !address.ContainsAnyExceptInRange('!', '~');
}

using System.Runtime.InteropServices;
using System.Text;

namespace Host;

/// <summary>
/// What the host needs of the machine that .NET does not bring along. Looked for before anything else, since the
/// runtime ends the process with a stack trace when it first needs ICU and there is none, and a host without time zones
/// would start and then not know when any store is open.
/// </summary>
internal static class MachineCheck
{
    /// <summary>Newer ones than there are, and older ones than anybody has; all of two digits.</summary>
    private const int NewestIcu = 99;

    private const int OldestIcu = 50;
    private const string Icu = "libicuuc.so.";

    /// <summary>One sentence that says what is missing and what to install; null when everything is there.</summary>
    public static string? Missing() =>
        !HasIcu()
            ? "This machine has no ICU, which money and times are written with: install the package libicu (on Debian libicu76, icu-libs and icu-data-full on Alpine)."
        : !TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Seoul", out _)
            ? "This machine has no time zones, by which stores are open or closed: install the package tzdata."
        : null;

    /// <summary>Says it without formatting anything, which would need what is missing.</summary>
    public static void Say(string sentence)
    {
        using var errors = Console.OpenStandardError();
        errors.Write(Encoding.UTF8.GetBytes(sentence + "\n"));
    }

    /// <summary>Looks where the runtime will; on other systems than Linux the system itself has it.</summary>
    private static bool HasIcu()
    {
        if (!OperatingSystem.IsLinux())
            return true;
        if (Environment.GetEnvironmentVariable("CLR_ICU_VERSION_OVERRIDE") is { Length: > 0 } chosen)
            return IsThere(Icu + chosen);
        for (var version = NewestIcu; version >= OldestIcu; version--)
        {
            if (IsThere(Icu + (char)('0' + (version / 10)) + (char)('0' + (version % 10))))
                return true;
        }
        return IsThere("libicuuc.so");
    }

    private static bool IsThere(string library) => NativeLibrary.TryLoad(library, out _);
}

using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Platform.Data;
using Platform.Extraction;
using Platform.Homes;
using Platform.Settings;
using Platform.Streams;

namespace Host.Settings;

/// <summary>Tells a start that somebody outside can put right, which takes one sentence, from a bug.</summary>
internal static partial class Refusal
{
    /// <summary>The sentence; null when the exception is a bug, whose stack trace is wanted.</summary>
    public static string? SentenceFor(Exception exception) =>
        exception switch
        {
            SettingRefusedException
            or HandlersRefusedException
            or CopyRefusedException
            or MoveRefusedException => exception.Message,
            IOException { InnerException: AddressInUseException } or SocketException =>
                $"urls: {exception.Message.TrimEnd('.')}.",
            InvalidDataException { InnerException: FormatException } =>
                $"appsettings: {exception.Message.TrimEnd('.')}.",
            MigrationFailedException failed => failed.Message,
            OptionsValidationException invalid => string.Join(' ', invalid.Failures),
            InvalidOperationException when Unreadable().Match(exception.Message) is { Success: true } value =>
                $"{value.Groups["key"]}: '{value.Groups["value"]}' cannot be read as a {value.Groups["type"]}.",
            InvalidOperationException when Unknown().Match(exception.Message) is { Success: true } names =>
                $"{names.Groups["names"]}: there is no such setting.",
            AggregateException { InnerExceptions: [var only] } => SentenceFor(only),
            _ => null,
        };

    /// <summary>How the configuration binder says that a value is of the wrong type.</summary>
    [GeneratedRegex(
        "^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']+)' to type '(System\\.)?(?<type>[^']+)'",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Unreadable();

    /// <summary>How the configuration binder says that a key means nothing to it.</summary>
    [GeneratedRegex(
        "^'ErrorOnUnknownConfiguration' .*: '(?<names>.+)'$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Unknown();
}

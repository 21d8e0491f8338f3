using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Platform.Settings;

namespace Host.Settings;

/// <summary>Tells a start that somebody outside can put right, which takes one sentence, from a bug.</summary>
internal static class Refusal
{
    /// <summary>The sentence; null when the exception is a bug, whose stack trace is wanted.</summary>
    public static string? SentenceFor(Exception exception) =>
        exception switch
        {
            SettingRefusedException refused => refused.Message,
            IOException { InnerException: AddressInUseException } or SocketException =>
                $"urls: {exception.Message.TrimEnd('.')}.",
            InvalidDataException { InnerException: FormatException } =>
                $"appsettings: {exception.Message.TrimEnd('.')}.",
            AggregateException { InnerExceptions: [var only] } => SentenceFor(only),
            _ => null,
        };
}

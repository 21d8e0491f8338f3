using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Platform.Telemetry;

namespace Platform.Data;

/// <summary>Times every command that a module sends to its database, by outcome; what it asks stays out of it.</summary>
internal sealed class CommandTimer(string module) : DbCommandInterceptor
{
    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        DbDataReader result,
        CancellationToken cancellationToken = default
    )
    {
        Note(eventData, "done");
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Note(eventData, "done");
        return ValueTask.FromResult(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command,
        CommandExecutedEventData eventData,
        object? result,
        CancellationToken cancellationToken = default
    )
    {
        Note(eventData, "done");
        return ValueTask.FromResult(result);
    }

    public override Task CommandFailedAsync(
        DbCommand command,
        CommandErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Note(eventData, "failed");
        return Task.CompletedTask;
    }

    public static void Note(string module, TimeSpan duration, string outcome)
    {
        if (!PlatformTelemetry.DatabaseCommandDuration.Enabled)
            return;
        PlatformTelemetry.DatabaseCommandDuration.Record(
            duration.TotalSeconds,
            new TagList { { "module", module }, { "outcome", outcome } }
        );
    }

    private void Note(CommandEndEventData ended, string outcome) => Note(module, ended.Duration, outcome);
}

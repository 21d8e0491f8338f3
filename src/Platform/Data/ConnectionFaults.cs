using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Platform.Data;

/// <summary>Tells the engine of each command that failed, so that connections that are no good any more are given up.</summary>
internal sealed class ConnectionFaults(IDatabaseEngine engine) : DbCommandInterceptor
{
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) =>
        engine.GiveUpConnections(command.Connection, eventData.Exception);

    public override Task CommandFailedAsync(
        DbCommand command,
        CommandErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        engine.GiveUpConnections(command.Connection, eventData.Exception);
        return Task.CompletedTask;
    }
}

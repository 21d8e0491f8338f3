using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Platform.Data;

/// <summary>How the processes that share a database wake each other through it, on an engine that has a way.</summary>
internal interface INotifications
{
    /// <summary>Tells whoever listens. It lasts no longer than that: who does not listen now never hears of it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="schema">The schema that it is about.</param>
    /// <param name="text">What is told: a few words.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    Task NotifyAsync(
        DatabaseFacade database,
        string schema,
        string text,
        CancellationToken cancellationToken
    );

    /// <summary>Listens for as long as the connection lasts, and for a while at the most: then it is to be done again.</summary>
    /// <param name="choice">Where the schema is.</param>
    /// <param name="listening">Called once whatever is told from now on will be heard.</param>
    /// <param name="hear">Called with each text, one at a time. It must return at once.</param>
    /// <param name="cancellationToken">Ends the listening.</param>
    Task ListenAsync(
        DatabaseChoice choice,
        Action listening,
        Action<string> hear,
        CancellationToken cancellationToken
    );
}

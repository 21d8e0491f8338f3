using Host.Identity;
using Host.Settings;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Hosting;

namespace Host.Commands;

/// <summary>
/// Waits until every database of this process has the schema of this build. It changes nothing, so the logins that
/// serve are enough: whoever starts a process after it need not know the one that owns the tables.
/// </summary>
internal static class AwaitingMigrations
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(CommandLine line, Composition composition)
    {
        var (app, settings) = ModulesAlone.Build(line, composition, isSilent: true);
        await using var _ = app;
        var clock = app.Services.GetRequiredService<TimeProvider>();
        for (string? told = null; await WhatIsMissingAsync(app, settings) is { } missing; told = missing)
        {
            if (missing != told)
                await Console.Out.WriteLineAsync($"Waiting. {missing}");
            await Task.Delay(Between, clock, CancellationToken.None);
        }
        return 0;
    }

    /// <summary>In a sentence, what there is to wait for; null when there is nothing.</summary>
    private static async Task<string?> WhatIsMissingAsync(IHost app, MigrationSettings settings)
    {
        try
        {
            var behind = (await app.ModulesToMigrateAsync()).ToList();
            if (settings.Identity is { } identity)
                await MigrationFailedException.TellAsync(
                    identity,
                    async () =>
                    {
                        if (await IsBehindAsync(identity))
                            behind.Add("Identity");
                    }
                );
            return behind.Count == 0
                ? null
                : $"Migrations are missing: {string.Join(", ", behind)}. The command 'migrate' applies them.";
        }
        catch (MigrationFailedException away)
        {
            return away.Message;
        }
    }

    private static async Task<bool> IsBehindAsync(DatabaseChoice choice)
    {
        var options = new DbContextOptionsBuilder<IdentityDatabase>();
        choice.Configure(options);
        await using var database = new IdentityDatabase(options.Options);
        return (await database.Database.GetPendingMigrationsAsync()).Any();
    }
}

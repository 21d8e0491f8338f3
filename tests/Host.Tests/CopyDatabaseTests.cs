using Host.Tests.Running;
using Microsoft.Data.Sqlite;

namespace Host.Tests;

/// <summary>What the command refuses, and how it goes on.</summary>
public sealed class CopyDatabaseTests : IDisposable
{
    private readonly DataFolder _source = new();
    private readonly DataFolder _target = new();

    [Fact]
    public async Task A_file_is_copied_to_another_folder_and_a_second_time_it_is_refused()
    {
        await MigrateAsync(_source);
        await MigrateAsync(_target);

        var (exitCode, errors, output) = await CopyAsync(
            "identity",
            "--to-engine=Sqlite",
            $"--to={_target.Path}"
        );
        exitCode.ShouldBe(0, errors);
        output.ShouldContain("identity: copied, and the same.");
        await ExecuteAsync(
            _target,
            "INSERT INTO password_attempt (Name, Attempts, CountsUntil) VALUES ('ann', 1, 1)"
        );

        (exitCode, errors, _) = await CopyAsync("identity", "--to-engine=Sqlite", $"--to={_target.Path}");
        exitCode.ShouldBe(1);
        errors.Trim().ShouldStartWith("identity: password_attempt: the target has rows of its own");
    }

    [Fact]
    public async Task A_target_that_is_not_migrated_is_refused_and_nothing_is_made_there()
    {
        await MigrateAsync(_source);

        var (exitCode, errors, _) = await CopyAsync("Orders", "--to-engine=Sqlite", $"--to={_target.Path}");

        exitCode.ShouldBe(1);
        errors.Trim().ShouldStartWith("orders: The target lacks the migrations Initial,");
        Directory.GetFiles(_target.Path, "*.db").ShouldBeEmpty();
    }

    [Fact]
    public async Task Databases_of_another_build_are_refused()
    {
        await MigrateAsync(_source);
        await MigrateAsync(_target);
        await ExecuteAsync(_source, "INSERT INTO migration VALUES ('20300101000000_FromTheFuture', '10.0')");

        var (exitCode, errors, _) = await CopyAsync("identity", "--to-engine=Sqlite", $"--to={_target.Path}");

        exitCode.ShouldBe(1);
        errors.ShouldContain("This build does not know the migrations FromTheFuture");
    }

    [Theory]
    [InlineData("copy-database: 'Order' has no database here", "Order", "--to-engine=Sqlite", "--to=x")]
    [InlineData("to-engine: say which engine", "Orders", "--to=x")]
    [InlineData("to-engine: 'Oracle' is not known", "Orders", "--to-engine=Oracle", "--to=x")]
    [InlineData("to: say where", "Orders", "--to-engine=Sqlite")]
    [InlineData("to: on Sqlite it is the folder", "Orders", "--to-engine=Sqlite", "--to=Host=x")]
    [InlineData("to: it cannot be read", "Orders", "--to-engine=PostgreSql", "--to=nonsense")]
    [InlineData("rows-per-second: ", "Orders", "--to-engine=Sqlite", "--to=x", "--rows-per-second=0")]
    public async Task What_cannot_be_done_is_refused_in_one_sentence(string begins, params string[] arguments)
    {
        var (exitCode, errors, _) = await CopyAsync(arguments);

        exitCode.ShouldBe(1);
        errors.Trim().ShouldStartWith(begins);
        errors.Trim().Split('\n').ShouldHaveSingleItem();
    }

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    private Task<(int ExitCode, string Errors, string Output)> CopyAsync(params string[] arguments) =>
        HostProcess.CommandAsync(
            _source.Path,
            ["copy-database", .. arguments, $"--Database:Directory={_source.Path}"]
        );

    private static async Task MigrateAsync(DataFolder folder)
    {
        var (exitCode, errors, _) = await HostProcess.CommandAsync(
            folder.Path,
            "migrate",
            $"--Database:Directory={folder.Path}"
        );
        exitCode.ShouldBe(0, errors);
    }

    private static async Task ExecuteAsync(DataFolder folder, string statement)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder.Path, "identity.db")};Pooling=false"
        );
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }
}

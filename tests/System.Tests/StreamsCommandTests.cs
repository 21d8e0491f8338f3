using System.Diagnostics;
using System.Tests.Running;

namespace System.Tests;

/// <summary>What an operator types when a stream is not the one that a module has followed, run against a running host.</summary>
public sealed class StreamsCommandTests(StreamsCommandTests.DivergedHost diverged)
    : IClassFixture<StreamsCommandTests.DivergedHost>
{
    private const string Token = "MONOLITH_OPERATOR_TOKEN";

    [Fact]
    [Trait("Fault", "S1")]
    public async Task Streams_are_shown_and_decided_on_both_ways_and_the_exit_code_tells_how_they_stand()
    {
        var list = await AsOperatorAsync();
        list.ExitCode.ShouldBe(2, list.Errors);
        list.Output.ShouldContain("Riders follows orders: it ends at ");
        list.Output.ShouldContain("Reviews follows orders: it ends at ");
        list.Output.ShouldContain("Orders follows riders: as it should, at ");

        var shown = await AsOperatorAsync("riders", "orders");
        shown.ExitCode.ShouldBe(2, shown.Errors);
        shown.Output.ShouldContain("handled    500 ");
        shown.Output.ShouldContain("They differ: it ends at ");
        shown.Output.ShouldContain("Decide with 'go-on' or 'handle-anew', and --reason.");

        var unreasoned = await AsOperatorAsync("riders", "orders", "go-on");
        unreasoned.ExitCode.ShouldBe(1);
        unreasoned.Errors.ShouldContain("Say why, in 'reason'");

        var beyond = await AsOperatorAsync(
            "reviews",
            "orders",
            "handle-anew",
            "--from=501",
            "--reason=Restored"
        );
        beyond.ExitCode.ShouldBe(1);
        beyond.Errors.ShouldContain("'from' goes with HandleAnew");

        var wentOn = await AsOperatorAsync("riders", "orders", "go-on", "--reason=Restored at night");
        wentOn.ExitCode.ShouldBe(0, wentOn.Errors);
        wentOn.Output.ShouldContain(" GoOn by ");
        wentOn.Output.ShouldContain("from 500 to ");
        wentOn.Output.ShouldContain("Restored at night");

        var handled = await AsOperatorAsync(
            "reviews",
            "orders",
            "handle-anew",
            "--from=0",
            "--reason=Restored"
        );
        handled.ExitCode.ShouldBe(0, handled.Errors);
        handled.Output.ShouldContain(" HandleAnew by ");
        handled.Output.ShouldContain("from 500 to 0: Restored");

        foreach (var module in (string[])["Riders", "Reviews"])
        {
            (await Acts.OfAsync(diverged.Host, module))
                .ShouldHaveSingleItem()
                .ShouldStartWith($"decide {module} goes on with 'orders'");
        }

        var decided = await AsOperatorAsync("riders", "orders", "go-on", "--reason=Once more");
        decided.ExitCode.ShouldBe(1);
        decided.Errors.ShouldContain("there is nothing to decide");
        var afterwards = await AsOperatorAsync();
        afterwards.ExitCode.ShouldBe(0, afterwards.Output);
        afterwards.Output.ShouldContain("Riders follows orders: as it should, at ");
    }

    [Fact]
    public async Task What_is_not_there_is_named_in_one_sentence()
    {
        Refused(await AsOperatorAsync("coupons", "orders"), "coupons");
        Refused(await AsOperatorAsync("riders", "coupons"), "Riders does not follow 'coupons'");
    }

    [Fact]
    public async Task Whoever_is_no_operator_learns_and_decides_nothing()
    {
        Refused(
            await RunAsync(diverged.Host.Tokens.Customer(Tokens.NewId()), [.. Web, "riders", "orders"]),
            "answers 403"
        );
        Refused(await RunAsync("made-up", [.. Web, "riders", "orders"]), "answers 401");
        Refused(await RunAsync(token: null, [.. Web]), Token);
    }

    [Fact]
    public async Task A_host_that_cannot_be_asked_is_named()
    {
        var operators = diverged.Host.Tokens.Operator();

        Refused(await RunAsync(operators, "--web=http://127.0.0.1:1"), "http://127.0.0.1:1/ cannot be asked");
        Refused(await RunAsync(operators, "--web=localhost"), "'localhost' is not the address of a web app");
    }

    [Fact]
    public async Task What_it_does_not_understand_is_answered_with_how_it_is_used()
    {
        var refused = await AsOperatorAsync("riders", "orders", "forget");

        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("handle-anew");
        refused.Output.ShouldBeEmpty();
    }

    private IReadOnlyList<string> Web => [$"--web={diverged.Host.Api.Address}"];

    private static void Refused((int ExitCode, string Errors, string Output) answer, string reason)
    {
        answer.ExitCode.ShouldBe(1);
        answer.Errors.ShouldContain(reason);
        answer.Errors.Trim().Split('\n').ShouldHaveSingleItem();
        answer.Output.ShouldBeEmpty();
    }

    private Task<(int ExitCode, string Errors, string Output)> AsOperatorAsync(
        params IReadOnlyList<string> words
    ) => RunAsync(diverged.Host.Tokens.Operator(), [.. words, .. Web]);

    private async Task<(int ExitCode, string Errors, string Output)> RunAsync(
        string? token,
        params IReadOnlyList<string> arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [Repository.HostAssembly, "streams", .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = diverged.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Token] = token;
        using var command = Process.Start(start)!;
        var output = command.StandardOutput.ReadToEndAsync();
        var errors = await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        return (command.ExitCode, errors, await output);
    }

    /// <summary>A host in which two modules have a cursor on an event of orders that orders do not have.</summary>
    public sealed class DivergedHost : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new(TestEngine.Sqlite);

        internal HostProcess Host { get; private set; } = null!;

        internal string Folder => _folder.Path;

        public async ValueTask InitializeAsync()
        {
            await using (var first = await HostProcess.StartAsync(Folder))
                await first.IsReadyAsync();
            foreach (var follower in (string[])["riders", "reviews"])
                new Database(Folder, follower).Execute(
                    $"UPDATE cursor SET Position = 500, EventId = {Database.Literal(Tokens.NewId())} WHERE Stream = 'orders'"
                );
            Host = await HostProcess.StartAsync(Folder);
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            _folder.Dispose();
        }
    }
}

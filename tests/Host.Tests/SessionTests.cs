using System.Net;
using System.Security.Claims;
using Host.Identity;
using Host.Tests.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Modules;

namespace Host.Tests;

/// <summary>Sessions are known to the server, and end there.</summary>
[Trait("Fault", "A7")]
public sealed class SessionTests
{
    private const string NeedsSomebody = "/test/forgotten";

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_else_has_its_cookie()
    {
        await using var host = await EdgeHost.StartAsync();
        var cookie = await host.SignInAsync();
        using (var before = await host.GetAsync(NeedsSomebody, cookie))
            before.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await host.GetAsync("/test/sign-out", cookie)).Dispose();

        using var after = await host.GetAsync(NeedsSomebody, cookie);
        await after.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task It_ends_in_every_replica_at_once()
    {
        using var shared = new DataFolder();
        await using var first = await EdgeHost.StartAsync(
            "Development",
            $"--Database:Directory={shared.Path}"
        );
        var cookie = await first.SignInAsync();
        await using var second = await EdgeHost.StartAsync(
            "Development",
            $"--Database:Directory={shared.Path}"
        );
        await second.Services.GetRequiredService<IdentityPreparation>().Ready;
        using (var before = await second.GetAsync(NeedsSomebody, cookie))
            before.StatusCode.ShouldBe(HttpStatusCode.OK, "a session of one replica is one of another");

        (await first.GetAsync("/test/sign-out", cookie)).Dispose();

        using var after = await second.GetAsync(NeedsSomebody, cookie);
        await after.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Signing_out_of_one_session_leaves_the_others()
    {
        await using var host = await EdgeHost.StartAsync();
        var phone = await host.SignInAsync();
        var laptop = await host.SignInAsync();

        (await host.GetAsync("/test/sign-out", phone)).Dispose();

        using var other = await host.GetAsync(NeedsSomebody, laptop);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deleted_account_has_no_session()
    {
        await using var host = await EdgeHost.StartAsync();
        var cookie = await host.SignInAsync();

        await ChangeAsync(
            host,
            database => database.Users.Where(one => one.Id == DemoIds.StoreKeeper).ExecuteDeleteAsync()
        );

        using var answer = await host.GetAsync(NeedsSomebody, cookie);
        await answer.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_session_says_nothing_of_a_role_that_its_account_no_longer_has()
    {
        await using var host = await EdgeHost.StartAsync();
        var cookie = await host.SignInAsync();

        await ChangeAsync(
            host,
            database =>
                database
                    .Users.Where(one => one.Id == DemoIds.StoreKeeper)
                    .ExecuteUpdateAsync(set => set.SetProperty(one => one.Role, "customer"))
        );

        using var answer = await host.GetAsync(NeedsSomebody, cookie);
        await answer.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_session_ends_after_a_while_however_much_it_is_used()
    {
        await using var host = await EdgeHost.StartAsync();
        var cookie = await host.SignInAsync();
        var week = TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(7);
        await ChangeAsync(
            host,
            async database =>
            {
                var ends = (await database.Sessions.SingleAsync()).EndsAt;
                ends.ShouldBeInRange(week.ToUnixTimeSeconds() - 120, week.ToUnixTimeSeconds());
                return await database.Sessions.ExecuteUpdateAsync(set =>
                    set.SetProperty(one => one.EndsAt, one => one.EndsAt - 7 * 24 * 3600 - 1)
                );
            }
        );

        using var answer = await host.GetAsync(NeedsSomebody, cookie);

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task Sessions_of_an_external_issuers_people_end_in_the_folder_that_replicas_share()
    {
        using var folder = new DataFolder();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (here, there) = (new SessionFiles(folder.Path, clock), new SessionFiles(folder.Path, clock));
        var (signedOut, lasting) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var person = new ClaimsPrincipal();
        foreach (var session in (Guid[])[signedOut, lasting])
            await here.BeginAsync(session, person, clock.GetUtcNow() + TimeSpan.FromDays(7), default);

        await here.EndAsync(signedOut, default);

        (await there.GoesOnAsync(signedOut, person, default)).ShouldBeFalse();
        (await there.GoesOnAsync(lasting, person, default)).ShouldBeTrue();
        (await there.GoesOnAsync(Guid.CreateVersion7(), person, default)).ShouldBeFalse();
        clock.Advance(TimeSpan.FromDays(7));
        (await there.GoesOnAsync(lasting, person, default)).ShouldBeFalse();
    }

    private static async Task ChangeAsync(EdgeHost host, Func<IdentityDatabase, Task<int>> change)
    {
        await using var scope = host.Services.CreateAsyncScope();
        (await change(scope.ServiceProvider.GetRequiredService<IdentityDatabase>())).ShouldBe(1);
    }
}

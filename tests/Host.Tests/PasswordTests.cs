using System.Net;
using Host.Identity;
using Host.Tests.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Host.Tests;

/// <summary>How far somebody gets by guessing.</summary>
[Trait("Fault", "A5")]
public sealed class PasswordTests
{
    private const string Rider = "rider@demo.local";

    [Fact]
    public async Task Of_thirty_guesses_at_once_no_more_are_looked_at_than_one_after_the_other()
    {
        await using var host = await EdgeHost.StartAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(number => host.Http.AskForTokenAsync(Rider, $"guess {number}"))
        );

        foreach (var answer in answers)
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        host.Hasher.OfSomebody.ShouldBe(PasswordAttempts.Most);
        using var right = await host.Http.AskForTokenAsync(Rider);
        right.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "the name is locked");
    }

    [Fact]
    public async Task Replicas_count_guesses_together()
    {
        using var shared = new DataFolder();
        await using var first = await EdgeHost.StartAsync(
            "Development",
            $"--Database:Directory={shared.Path}"
        );
        await first.Services.GetRequiredService<IdentityPreparation>().Ready;
        await using var second = await EdgeHost.StartAsync(
            "Development",
            $"--Database:Directory={shared.Path}"
        );

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(number =>
                    (number % 2 == 0 ? first : second).Http.AskForTokenAsync(Rider, $"guess {number}")
                )
        );

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.BadRequest);
        (first.Hasher.OfSomebody + second.Hasher.OfSomebody).ShouldBe(PasswordAttempts.Most);
    }

    [Fact]
    public async Task Whoever_knows_the_password_gets_in_from_many_places_at_once()
    {
        await using var host = await EdgeHost.StartAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => host.Http.AskForTokenAsync(Rider))
        );

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_name_that_is_locked_one_that_nobody_has_and_a_wrong_password_are_answered_alike()
    {
        await using var host = await EdgeHost.StartAsync();
        using var wrong = await host.Http.AskForTokenAsync(Rider, "wrong");
        var said = await wrong.Content.ReadAsStringAsync();
        for (var attempt = 0; attempt < PasswordAttempts.Most; attempt++)
            (await host.Http.AskForTokenAsync(Rider, "wrong")).Dispose();

        foreach (var name in (string[])[Rider, "nobody@demo.local", "no\0body"])
        {
            var looked = host.Hasher.OfNobody + host.Hasher.OfSomebody;
            using var answer = await host.Http.AskForTokenAsync(name, "wrong");
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            if (!name.Contains('\0', StringComparison.Ordinal))
            {
                (await answer.Content.ReadAsStringAsync()).ShouldBe(said);
                (host.Hasher.OfNobody + host.Hasher.OfSomebody).ShouldBe(looked + 1, "the same work");
            }
        }
    }

    [Fact]
    public async Task A_name_is_free_again_after_a_while()
    {
        await using var host = await EdgeHost.StartAsync();
        for (var attempt = 0; attempt < PasswordAttempts.Most; attempt++)
            (await host.Http.AskForTokenAsync(Rider, "wrong")).Dispose();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
            var over = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 1;
            await database.PasswordAttempts.ExecuteUpdateAsync(set =>
                set.SetProperty(one => one.CountsUntil, over)
            );
        }

        using var answer = await host.Http.AskForTokenAsync(Rider);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

using System.Tests.Running;

namespace System.Tests;

/// <summary>One command adds a module, and another moves it into a process of its own.</summary>
public sealed class AddedModuleTests(ITestOutputHelper output)
{
    [Fact]
    public async Task From_a_clone_to_a_fourth_module_in_a_process_of_its_own()
    {
        RabbitMq.Requires(RabbitMqServer.IsThere);
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        var began = TimeProvider.System.GetTimestamp();
        using var added = await AddedModule.InACloneAsync("Coupons");
        foreach (var line in added.Touched)
            output.WriteLine(line);
        Tell($"there is a fourth module, in {added.Touched.Count} files and folders");
        added.Touched.ShouldContain("?? src/Modules/Coupons/");
        added.Touched.ShouldContain(" M src/Host/Program.cs");
        await added.RunAsync("dotnet", "csharpier", "check", ".");
        await added.RunAsync("dotnet", "restore", "Monolith.sln", "--locked-mode");
        await added.PassesAsync("Coupons.Tests");
        await added.PassesAsync("Architecture.Tests");
        Tell("its tests and the gate pass");

        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        await using var moving = await Moving.BeginAsync(deployment, "Coupons", host: added.HostAssembly);
        var coupon = await OpenAsync(moving.Web);
        var story = await Story.BeginAsync(moving.Web);
        await story.DeliverOneAsync();
        await HasHeardAsync(moving.Web, coupon, orders: 1);
        Tell("it answers and hears in the web app");

        await moving.OutAsync();
        (await moving.HomeAsync(moving.Other)).ShouldBe(moving.OtherName);
        await story.DeliverOneAsync();
        await HasHeardAsync(moving.Web, coupon, orders: 2);
        Tell("it answers and hears in a process of its own");

        void Tell(string what) =>
            output.WriteLine($"After {TimeProvider.System.GetElapsedTime(began):m\\:ss} min {what}.");
    }

    private static async Task<Guid> OpenAsync(HostProcess web) =>
        (
            await web.Api.PostAsync(
                "/api/coupons",
                web.Tokens.Operator(),
                new System.Text.Json.Nodes.JsonObject { ["name"] = "Spring" }
            )
        )
            .ShouldBe(201)
            .Id("couponId");

    private static Task HasHeardAsync(HostProcess web, Guid coupon, int orders) =>
        Eventually.HoldsAsync(
            async () =>
                (int)(await web.Api.GetAsync($"/api/coupons/{coupon}")).ShouldBe(200).Json["ordersSince"]!
                == orders,
            $"it has heard of {orders}"
        );
}

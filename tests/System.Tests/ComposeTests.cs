using System.Net;
using System.Net.Sockets;
using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// The deployment of <c>deploy/compose.yaml</c>, setting by setting, with processes for its containers and the
/// test's own PostgreSQL and RabbitMQ for those it would fetch.
/// </summary>
public sealed class ComposeTests
{
    private const string Image = "monolith:latest";

    [Fact]
    public void It_runs_the_image_that_the_host_is_published_as()
    {
        var project = File.ReadAllText(Path.Combine(Repository.Root, "src", "Host", "Host.csproj"));

        project.ShouldContain("<ContainerRepository>monolith</ContainerRepository>");
        Compose.Read().Hosts(Image).Keys.Order().ShouldBe(["reviews", "web"]);
    }

    [Fact]
    public void Every_service_volume_and_config_that_it_refers_to_is_there() =>
        Compose.Read().Dangling().ShouldBeEmpty();

    [Fact]
    public async Task An_order_goes_from_basket_to_the_stores_rating()
    {
        var compose = Compose.Read();
        var hosts = compose.Hosts(Image);
        compose.Services.ShouldContain("postgres");
        compose.Services.ShouldContain("rabbitmq");
        var rabbit = await RabbitMq.ConnectionStringAsync();
        var ports = hosts.Keys.ToDictionary(name => name, _ => FreePort(), StringComparer.Ordinal);
        using var webFolder = new TemporaryFolder(TestEngine.PostgreSql);
        using var reviewsFolder = new TemporaryFolder(TestEngine.PostgreSql);

        await using var web = await StartAsync("web", webFolder);
        await using var reviews = await StartAsync("reviews", reviewsFolder);
        await web.IsReadyAsync();
        await reviews.IsReadyAsync();
        var story = await Story.BeginAsync(web);
        await story.ReviewAsync(await story.DeliverOneAsync(), 4);

        await Eventually.HoldsAsync(
            async () => await story.RatingAsync() is (4, 1),
            "the rating reaches the store in Orders"
        );

        async Task<HostProcess> StartAsync(string name, TemporaryFolder folder)
        {
            var settings = hosts[name].ToDictionary(StringComparer.Ordinal);
            Replace(settings, "ASPNETCORE_URLS", "http://+:8080", $"http://127.0.0.1:{ports[name]}");
            Replace(settings, "Database__Directory", "/data", folder.Path);
            Replace(settings, "Broker__ConnectionString", "amqp://monolith:monolith@rabbitmq:5672", rabbit);
            settings["Database__ConnectionString"].ShouldStartWith("Host=postgres;");
            settings["Database__ConnectionString"] = (await folder.DatabaseAsync())!;
            if (name == "web")
                Replace(settings, "Modules__Reviews__Address", "http://reviews:8080", At("reviews"));
            else
            {
                Replace(settings, "Auth__Authority", "http://web:8080", At("web"));
                Replace(settings, "Edge__KnownProxies__0", "172.16.0.0/12", "127.0.0.1");
            }
            return await HostProcess.StartAsync(folder.Path, settings);
        }

        string At(string name) => $"http://127.0.0.1:{ports[name]}";
    }

    /// <summary>What stands in the file is what is replaced, or the test would try something else.</summary>
    private static void Replace(Dictionary<string, string> settings, string key, string from, string to)
    {
        settings.ShouldContainKeyAndValue(key, from);
        settings[key] = to;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

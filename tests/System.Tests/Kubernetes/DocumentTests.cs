using k8s.Models;

namespace System.Tests.Kubernetes;

/// <summary>What stands in <c>deploy/kubernetes</c>, put together and held against the API's schema.</summary>
public sealed class DocumentTests
{
    private const string Image = "registry.example/monolith:1";

    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Fact]
    public void Every_overlay_that_the_page_speaks_of_is_there() =>
        Overlay.Names.ShouldBe(["monolith", "reviews-beside", "reviews-out"]);

    [Theory]
    [MemberData(nameof(Overlays))]
    public void The_cluster_takes_every_document(string overlay)
    {
        var read = Overlay.Read(overlay);

        read.All<V1Deployment>().Select(one => one.Metadata.Name).ShouldContain("web");
        read.Pods.SelectMany(pod => Overlay.Containers(pod.Pod)).ShouldAllBe(one => one.Image == Image);
        read.Objects.Select(one => (one.Kind, one.Metadata.Name)).ShouldBeUnique();
    }

    [Theory]
    [InlineData("Deployment", "apiVersion", "\"apps/v1beta1\"", "The API has no Deployment of apps/v1beta1.")]
    [InlineData("Deployment", "kind", "\"Deploymnet\"", "The API has no Deploymnet of apps/v1.")]
    [InlineData("Deployment", "spec/strategy/rollingUpdate/maxUnvailable", "0", "maxUnvailable")]
    [InlineData(
        "Deployment",
        "spec/template/spec/terminationGracePeriodSeconds",
        "\"40\"",
        "terminationGracePeriodSeconds"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/readinessProbe/httpGet/paht",
        "\"/health/ready\"",
        "paht"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/envFrom/0/configMapRef/name",
        "1",
        "configMapRef"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/resources/limits/memory",
        "\"much\"",
        "cannot be converted"
    )]
    [InlineData(
        "Ingress",
        "metadata/annotations/nginx.ingress.kubernetes.io~1proxy-buffering",
        "false",
        "annotations"
    )]
    [InlineData("Ingress", "spec/rules/0/http/paths/0/backend/serviceName", "\"web\"", "serviceName")]
    [InlineData("ConfigMap", "data/Database__Migrate", "false", "data")]
    public void A_wrong_field_is_refused(string kind, string path, string value, string told)
    {
        var refused = Should.Throw<FormatException>(() => Overlay.Spoilt("monolith", kind, path, value));

        refused.Message.ShouldContain(told);
    }

    [Theory]
    [InlineData("commonLabels: { app: monolith }\nresources: []")]
    [InlineData("resources: []\nimages: [{ name: monolith, newName: m, newTag: 1 }]")]
    [InlineData("resources: []\nnamespace: a\nnamespace: b")]
    public void A_kustomization_that_says_more_than_is_tested_is_refused(string further)
    {
        var folder = Directory.CreateTempSubdirectory("monolith-test-").FullName;
        File.WriteAllText(
            Path.Combine(folder, "kustomization.yaml"),
            $"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n{further}\n"
        );

        Should.Throw<Exception>(() => Kustomization.Render(folder));

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("mode: 0440")]
    [InlineData("on: yes")]
    public void What_versions_of_yaml_read_differently_is_refused(string text)
    {
        using var reader = new StringReader(text);

        Should.Throw<FormatException>(() => Yaml.Read(reader));
    }
}

using System.Globalization;
using System.Tests.Kubernetes;
using System.Text.Json.Nodes;
using k8s.Models;

namespace System.Tests;

/// <summary>What stands in <c>deploy/kubernetes</c>, held against the API's schema, the host's settings and itself.</summary>
public sealed class KubernetesTests
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
        var refused = Should.Throw<FormatException>(() =>
            Overlay.Read("monolith", documents => Put(documents, kind, path, value))
        );

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

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_environment_variable_is_a_setting_that_the_host_knows(string overlay)
    {
        var read = Overlay.Read(overlay);
        var known = KnownSettings.Read();

        var variables = read
            .Pods.SelectMany(pod => Overlay.Containers(pod.Pod))
            .SelectMany(one => read.EnvironmentOf(one).Keys)
            .ToHashSet(StringComparer.Ordinal);

        variables.Count.ShouldBeGreaterThan(10);
        variables.Where(variable => !known.Knows(variable)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Databse__Engine")]
    [InlineData("Database__Engin")]
    [InlineData("database__Engine")]
    [InlineData("Database_Engine")]
    [InlineData("Modules__Review__Placement")]
    [InlineData("Modules__Reviews__Adress")]
    [InlineData("Edge__KnownProxies__first")]
    [InlineData("Edge__DrainFor__")]
    [InlineData("ASPNETCORE_URL")]
    [InlineData("urls__0__x")]
    public void A_misspelt_variable_is_noticed(string variable) =>
        KnownSettings.Read().Knows(variable).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(Overlays))]
    public void What_objects_refer_to_is_there(string overlay) =>
        References.Broken(Overlay.Read(overlay)).ShouldBeEmpty();

    [Theory]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/envFrom/0/configMapRef/name",
        "setting",
        "there is no ConfigMap setting"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/envFrom/2/secretRef/name",
        "wob",
        "there is no Secret wob"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/volumeMounts/0/name",
        "temp",
        "there is no volume temp"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/livenessProbe/httpGet/port",
        "htpt",
        "there is no port htpt"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/volumes/1/secret/items/0/key",
        "signing.pfx",
        "has no signing.pfx"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/volumes/1/secret/items/0/path",
        "sign.pem",
        "which is not mounted"
    )]
    [InlineData(
        "Deployment",
        "spec/selector/matchLabels/app.kubernetes.io~1component",
        "app",
        "does not select its own pods"
    )]
    [InlineData("Deployment", "metadata/namespace", "default", "is not in the namespace monolith")]
    [InlineData(
        "Service",
        "spec/selector/app.kubernetes.io~1component",
        "wbe",
        "selects not one Deployment's pods"
    )]
    [InlineData("Service", "spec/ports/0/targetPort", "htpt", "there is no port htpt")]
    [InlineData(
        "Ingress",
        "spec/rules/0/http/paths/0/backend/service/name",
        "wbe",
        "there is no Service wbe"
    )]
    [InlineData("Ingress", "spec/rules/0/host", "fod.example", "has no certificate")]
    [InlineData("Ingress", "spec/tls/0/secretName", "tls", "there is no Secret tls")]
    [InlineData(
        "PodDisruptionBudget",
        "spec/selector/matchLabels/app.kubernetes.io~1component",
        "wbe",
        "selects not one"
    )]
    [InlineData("HorizontalPodAutoscaler", "spec/scaleTargetRef/name", "wbe", "there is no Deployment wbe")]
    [InlineData("HorizontalPodAutoscaler", "spec/metrics/0/resource/name", "gpu", "requests no gpu")]
    [InlineData(
        "NetworkPolicy",
        "spec/ingress/0/from/2/podSelector/matchLabels/app.kubernetes.io~1part-of",
        "mono",
        "nobody is mono"
    )]
    [InlineData("NetworkPolicy", "spec/ingress/0/ports/0/port", "htpt", "there is no port htpt")]
    [InlineData(
        "ConfigMap web-settings",
        "data/Auth__Issuer",
        "https://fod.example/",
        "which the Ingress does not"
    )]
    [InlineData(
        "ConfigMap web-settings",
        "data/Modules__Reviews__Address",
        "http://review:8080",
        "which no Service is"
    )]
    public void A_reference_that_leads_nowhere_is_noticed(string what, string path, string value, string told)
    {
        var spoilt = Overlay.Read("reviews-out", documents => Put(documents, what, path, $"\"{value}\""));

        References
            .Broken(spoilt)
            .ShouldContain(sentence => sentence.Contains(told, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_container_may_do_as_little_as_it_can(string overlay)
    {
        foreach (var (owner, pod) in Overlay.Read(overlay).Pods)
        {
            pod.Spec.AutomountServiceAccountToken.ShouldBe(false, owner);
            pod.Spec.SecurityContext.RunAsNonRoot.ShouldBe(true, owner);
            pod.Spec.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault", owner);
            foreach (var container in Overlay.Containers(pod))
            {
                container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true, owner);
                container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false, owner);
                container.SecurityContext.Capabilities.Drop.ShouldHaveSingleItem(owner).ShouldBe("ALL");
                container.VolumeMounts.ShouldContain(mount => mount.MountPath == "/tmp", owner);
                foreach (var amounts in new[] { container.Resources.Requests, container.Resources.Limits })
                    string.Join(',', amounts.Keys.Order(StringComparer.Ordinal))
                        .ShouldBe("cpu,memory", owner);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void A_pod_is_given_the_time_that_it_takes_to_stop(string overlay)
    {
        var read = Overlay.Read(overlay);
        foreach (var deployment in read.All<V1Deployment>())
        {
            var pod = deployment.Spec.Template;
            var serving = pod.Spec.Containers.ShouldHaveSingleItem();
            var drain = TimeSpan.Parse(
                read.EnvironmentOf(serving)["Edge__DrainFor"],
                CultureInfo.InvariantCulture
            );

            // ADR 055.
            pod.Spec.TerminationGracePeriodSeconds!.Value.ShouldBeGreaterThanOrEqualTo(
                (long)drain.TotalSeconds + 20
            );
            var readiness = serving.ReadinessProbe;
            TimeSpan
                .FromSeconds(
                    (readiness.PeriodSeconds!.Value * readiness.FailureThreshold!.Value)
                        + readiness.TimeoutSeconds!.Value
                )
                .ShouldBeLessThan(drain);
            References.Probes(serving).Count().ShouldBe(3);
            deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value.ShouldBe("0");
            pod.Spec.InitContainers.ShouldHaveSingleItem().Args.ShouldBe(["await-migrations"]);
            read.All<V2HorizontalPodAutoscaler>()
                .Single(one => one.Spec.ScaleTargetRef.Name == deployment.Metadata.Name)
                .Spec.MinReplicas!.Value.ShouldBeGreaterThanOrEqualTo(2);
        }
    }

    /// <summary>Puts a value where a path leads, in the first document of a kind, or in the one of a kind and name.</summary>
    private static void Put(IReadOnlyList<JsonObject> documents, string what, string path, string value)
    {
        JsonNode at = documents.First(document =>
            $"{document["kind"]}" == what || $"{document["kind"]} {document["metadata"]!["name"]}" == what
        );
        var steps = path.Split('/')
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal))
            .ToList();
        foreach (var step in steps.SkipLast(1))
            at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : at[step]!;
        at[steps[^1]] = JsonNode.Parse(value);
    }
}

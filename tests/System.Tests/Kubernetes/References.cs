using k8s;
using k8s.Models;

namespace System.Tests.Kubernetes;

/// <summary>What the objects of an overlay say of one another, and whether it is there.</summary>
internal static class References
{
    /// <summary>What does not hold, in a sentence each.</summary>
    public static IEnumerable<string> Broken(Overlay overlay)
    {
        List<string> broken =
        [
            .. Namespaces(overlay),
            .. overlay.Pods.SelectMany(pod => OfPod(overlay, pod.Owner, pod.Pod)),
            .. overlay.All<V1Deployment>().SelectMany(OfDeployment),
            .. overlay.All<V1Service>().SelectMany(service => OfService(overlay, service)),
            .. overlay.All<V1Ingress>().SelectMany(ingress => OfIngress(overlay, ingress)),
            .. overlay
                .All<V1PodDisruptionBudget>()
                .SelectMany(budget =>
                    Selects(
                        overlay,
                        $"PodDisruptionBudget {budget.Metadata.Name}",
                        budget.Spec.Selector.MatchLabels
                    )
                ),
            .. overlay.All<V2HorizontalPodAutoscaler>().SelectMany(scaler => OfScaler(overlay, scaler)),
            .. overlay.All<V1NetworkPolicy>().SelectMany(policy => OfPolicy(overlay, policy)),
        ];
        // What a container is told can be read once all that it is told by is there.
        return broken.Count > 0 ? broken : Addresses(overlay);
    }

    private static IEnumerable<string> Namespaces(Overlay overlay)
    {
        var name = overlay.All<V1Namespace>().Single().Metadata.Name;
        return overlay
            .Objects.Where(one => one is not V1Namespace && one.Metadata.NamespaceProperty != name)
            .Select(one => $"{one.Kind} {one.Metadata.Name} is not in the namespace {name}.");
    }

    private static IEnumerable<string> OfPod(Overlay overlay, string owner, V1PodTemplateSpec pod)
    {
        var volumes = (pod.Spec.Volumes ?? []).ToDictionary(volume => volume.Name, StringComparer.Ordinal);
        var containers = Overlay.Containers(pod).ToList();
        foreach (var container in containers)
        {
            var who = $"{owner}, container {container.Name}";
            foreach (var source in container.EnvFrom ?? [])
            {
                if (
                    source.ConfigMapRef is { } map
                    && overlay.All<V1ConfigMap>().All(one => one.Metadata.Name != map.Name)
                )
                    yield return $"{who}: there is no ConfigMap {map.Name}.";
                if (source.SecretRef is { } secret && !overlay.Secrets.Names.Contains(secret.Name))
                    yield return $"{who}: there is no Secret {secret.Name}.";
            }
            foreach (
                var mount in (container.VolumeMounts ?? []).Where(mount => !volumes.ContainsKey(mount.Name))
            )
                yield return $"{who}: there is no volume {mount.Name}.";
            foreach (var probe in Probes(container).Where(probe => !HasPort([container], probe.HttpGet.Port)))
                yield return $"{who}: there is no port {probe.HttpGet.Port.Value}.";
        }
        foreach (var volume in volumes.Values)
        {
            if (
                containers.TrueForAll(one =>
                    one.VolumeMounts?.Any(mount => mount.Name == volume.Name) is not true
                )
            )
                yield return $"{owner}: nobody mounts the volume {volume.Name}.";
            if (volume.Secret is not { } secret)
                continue;
            if (!overlay.Secrets.Names.Contains(secret.SecretName))
                yield return $"{owner}: there is no Secret {secret.SecretName}.";
            else
                foreach (
                    var item in secret.Items.Where(item =>
                        !overlay.Secrets.Of(secret.SecretName).ContainsKey(item.Key)
                    )
                )
                    yield return $"{owner}: the Secret {secret.SecretName} has no {item.Key}.";
        }
    }

    public static IEnumerable<V1Probe> Probes(V1Container container) =>
        (
            (V1Probe?[])[container.StartupProbe, container.ReadinessProbe, container.LivenessProbe]
        ).OfType<V1Probe>();

    private static IEnumerable<string> OfDeployment(V1Deployment deployment)
    {
        if (!Matches(deployment.Spec.Selector.MatchLabels, deployment))
            yield return $"Deployment {deployment.Metadata.Name} does not select its own pods.";
    }

    private static IEnumerable<string> OfService(Overlay overlay, V1Service service)
    {
        var who = $"Service {service.Metadata.Name}";
        foreach (var broken in Selects(overlay, who, service.Spec.Selector))
            yield return broken;
        var containers = Selected(overlay, service.Spec.Selector)
            .SelectMany(one => one.Spec.Template.Spec.Containers);
        foreach (var port in service.Spec.Ports.Where(port => !HasPort(containers, port.TargetPort)))
            yield return $"{who}: there is no port {port.TargetPort.Value}.";
    }

    private static IEnumerable<string> OfIngress(Overlay overlay, V1Ingress ingress)
    {
        var who = $"Ingress {ingress.Metadata.Name}";
        foreach (var tls in ingress.Spec.Tls.Where(tls => !overlay.Secrets.Names.Contains(tls.SecretName)))
            yield return $"{who}: there is no Secret {tls.SecretName}.";
        foreach (var rule in ingress.Spec.Rules)
        {
            if (!ingress.Spec.Tls.SelectMany(tls => tls.Hosts).Contains(rule.Host))
                yield return $"{who}: {rule.Host} has no certificate.";
            foreach (var backend in rule.Http.Paths.Select(path => path.Backend.Service))
            {
                var service = overlay
                    .All<V1Service>()
                    .SingleOrDefault(one => one.Metadata.Name == backend.Name);
                if (service?.Spec.Ports.Any(port => port.Name == backend.Port.Name) is not true)
                    yield return $"{who}: there is no Service {backend.Name} with a port {backend.Port.Name}.";
            }
        }
    }

    private static IEnumerable<string> OfScaler(Overlay overlay, V2HorizontalPodAutoscaler scaler)
    {
        var who = $"HorizontalPodAutoscaler {scaler.Metadata.Name}";
        var target = scaler.Spec.ScaleTargetRef;
        var scaled = overlay
            .All<V1Deployment>()
            .SingleOrDefault(one =>
                (one.ApiVersion, one.Kind, one.Metadata.Name) == (target.ApiVersion, target.Kind, target.Name)
            );
        if (scaled is null)
            yield return $"{who}: there is no {target.Kind} {target.Name}.";
        else if (scaled.Spec.Replicas is not null)
            yield return $"{who}: {target.Name} says itself how many replicas it has.";
        else
            foreach (var metric in scaler.Spec.Metrics)
            {
                if (
                    !scaled.Spec.Template.Spec.Containers.All(one =>
                        one.Resources.Requests.ContainsKey(metric.Resource.Name)
                    )
                )
                    yield return $"{who}: {target.Name} requests no {metric.Resource.Name} to measure use by.";
            }
    }

    private static IEnumerable<string> OfPolicy(Overlay overlay, V1NetworkPolicy policy)
    {
        var who = $"NetworkPolicy {policy.Metadata.Name}";
        var guarded = policy.Spec.PodSelector.MatchLabels;
        foreach (var broken in Selects(overlay, who, guarded))
            yield return broken;
        var containers = Selected(overlay, guarded)
            .SelectMany(one => one.Spec.Template.Spec.Containers)
            .ToList();
        foreach (var rule in policy.Spec.Ingress)
        {
            foreach (
                var broken in rule
                    .FromProperty.Select(peer => peer.PodSelector)
                    .OfType<V1LabelSelector>()
                    .Where(peer => !Selected(overlay, peer.MatchLabels).Any())
            )
                yield return $"{who}: nobody is {string.Join(", ", broken.MatchLabels.Values)}.";
            foreach (var port in rule.Ports.Where(port => !HasPort(containers, port.Port)))
                yield return $"{who}: there is no port {port.Port.Value}.";
        }
    }

    /// <summary>What settings say of addresses, and of files, in the cluster.</summary>
    private static IEnumerable<string> Addresses(Overlay overlay)
    {
        var hosts = overlay
            .All<V1Ingress>()
            .SelectMany(ingress => ingress.Spec.Rules)
            .Select(rule => rule.Host)
            .ToList();
        foreach (var (owner, pod) in overlay.Pods)
        foreach (var container in Overlay.Containers(pod))
        foreach (var (name, value) in overlay.EnvironmentOf(container))
        {
            var who = $"{owner}, container {container.Name}: {name}";
            if (
                name is "Auth__Issuer" or "Auth__Authority"
                && !hosts.Contains(new Uri(value).Host, StringComparer.Ordinal)
            )
                yield return $"{who} names {value}, which the Ingress does not.";
            if (name.EndsWith("__Address", StringComparison.Ordinal) && !IsService(overlay, new Uri(value)))
                yield return $"{who} names {value}, which no Service is.";
            if (
                name == "Auth__SigningCertificatePath"
                && container.Ports is not null
                && !IsMounted(container, pod, value)
            )
                yield return $"{who} names {value}, which is not mounted.";
        }
    }

    private static bool IsService(Overlay overlay, Uri address) =>
        overlay
            .All<V1Service>()
            .Any(service =>
                service.Metadata.Name == address.Host
                && service.Spec.Ports.Any(port => port.Port == address.Port)
            );

    private static bool IsMounted(V1Container container, V1PodTemplateSpec pod, string file) =>
        container.VolumeMounts.Any(mount =>
            pod
                .Spec.Volumes.Single(volume => volume.Name == mount.Name)
                .Secret?.Items.Any(item => $"{mount.MountPath}/{item.Path}" == file)
                is true
        );

    private static IEnumerable<string> Selects(
        Overlay overlay,
        string who,
        IDictionary<string, string> labels
    )
    {
        if (Selected(overlay, labels).Count() != 1)
            yield return $"{who}: {string.Join(", ", labels.Values)} selects not one Deployment's pods.";
    }

    private static IEnumerable<V1Deployment> Selected(Overlay overlay, IDictionary<string, string> labels) =>
        overlay.All<V1Deployment>().Where(one => Matches(labels, one));

    private static bool Matches(IDictionary<string, string> labels, V1Deployment deployment) =>
        labels.All(label =>
            deployment.Spec.Template.Metadata.Labels.TryGetValue(label.Key, out var value)
            && value == label.Value
        );

    private static bool HasPort(IEnumerable<V1Container> containers, IntOrString port) =>
        containers.SelectMany(one => one.Ports ?? []).Any(one => one.Name == port.Value);
}

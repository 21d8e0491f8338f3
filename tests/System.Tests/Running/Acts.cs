namespace System.Tests.Running;

/// <summary>What operators did, as the audit trail tells it.</summary>
internal static class Acts
{
    /// <summary>What was done to a module by somebody who is named, newest first: <c>pause Reviews was paused.</c></summary>
    public static async Task<IReadOnlyList<string>> OfAsync(HostProcess host, string module)
    {
        var audit = await host.Api.GetAsync("/api/ops/audit?limit=100", host.Tokens.Operator());
        return
        [
            .. audit.ShouldBe(200).Json["items"]!
                .AsArray()
                .Where(act => (string)act!["module"]! == module && act["operator"] is not null)
                .Select(act => $"{act!["act"]} {act["detail"]}"),
        ];
    }
}

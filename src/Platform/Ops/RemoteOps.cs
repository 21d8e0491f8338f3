using Microsoft.AspNetCore.Http;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;

namespace Platform.Ops;

/// <summary>
/// Asks the processes of remote modules what an operator wants to know of them, in the operator's own name, so that
/// one place shows and steers all modules wherever they run.
/// </summary>
internal sealed class RemoteOps(ModuleHomes homes, RemoteCalls calls, IAddressWatch? watch = null)
{
    /// <summary>Every module elsewhere; one that cannot be asked is there too, and says so.</summary>
    public async Task<IReadOnlyList<ModuleView>> ListModulesAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    ) => await Task.WhenAll(homes.Elsewhere.Select(module => ViewAsync(module, request, cancellationToken)));

    /// <summary>The page of dead letters that each process elsewhere has for the same request.</summary>
    public async Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var pages = await AskAllAsync<Page<DeadLetterView>>(
            request,
            "/api/ops/dead-letters",
            cancellationToken
        );
        return [.. pages.SelectMany(page => page.Items).DistinctBy(letter => letter.Id)];
    }

    /// <summary>What the business of the modules elsewhere comes to; of one that cannot be asked, nothing.</summary>
    public async Task<IReadOnlyList<FigureView>> ListFiguresAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var figures = await AskAllAsync<List<FigureView>>(request, "/api/ops/figures", cancellationToken);
        return
        [
            .. figures
                .SelectMany(each => each)
                .Where(figure => homes.Elsewhere.Any(module => module.Definition.Name == figure.Module))
                .DistinctBy(figure => (figure.Name, figure.State)),
        ];
    }

    /// <summary>How much the modules elsewhere keep and say; of one that cannot be asked, nothing.</summary>
    public async Task<IReadOnlyList<ModuleSizeView>> ListSizesAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var sizes = await AskAllAsync<List<ModuleSizeView>>(request, "/api/ops/sizes", cancellationToken);
        return [.. sizes.SelectMany(each => each).DistinctBy(size => size.Module)];
    }

    /// <summary>What each process elsewhere answers to a call; those that cannot be asked are left out.</summary>
    public async Task<IReadOnlyList<T>> AskAllAsync<T>(
        HttpRequest request,
        string path,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var answers = await Task.WhenAll(
            Places.Select(place => AskAsync<T>(place, request, path, cancellationToken))
        );
        return [.. answers.OfType<T>()];
    }

    /// <summary>What the process of one module elsewhere answers; null when it cannot be asked, or refuses.</summary>
    public async Task<T?> AskAsync<T>(
        string moduleName,
        HttpRequest request,
        string path,
        CancellationToken cancellationToken
    )
        where T : class =>
        Find(moduleName) is { } module
            ? await AskAsync<T>(Place(module), request, path, cancellationToken)
            : null;

    /// <summary>Where the calls of a module are sent to; none when they are answered here.</summary>
    public IReadOnlyList<ModuleAddressView> AddressesOf(string moduleName) =>
        Find(moduleName) is { } module ? AddressesOf(module) : [];

    /// <summary>Passes a request on to the module's process. Null when the module is not elsewhere.</summary>
    public async Task<Microsoft.AspNetCore.Http.IResult?> PassOnAsync(
        string moduleName,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        Find(moduleName) is { Addresses.Count: > 0 } module
            ? await PassOnAsync(Place(module), request, cancellationToken)
                ?? Unreachable(module.Definition.Name).ToProblem()
            : null;

    /// <summary>Passes a request on to every process elsewhere until one knows what it speaks of.</summary>
    public async Task<Microsoft.AspNetCore.Http.IResult?> PassOnToAnyAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        foreach (var place in Places)
        {
            if (
                await PassOnAsync(place, request, cancellationToken) is { } answer
                && answer is not IStatusCodeHttpResult { StatusCode: StatusCodes.Status404NotFound }
            )
                return answer;
        }
        return null;
    }

    /// <summary>Where modules are elsewhere; replicas that are reached at several addresses are one place.</summary>
    private IEnumerable<IReadOnlyList<Uri>> Places =>
        homes
            .Elsewhere.Where(module => module.Addresses.Count > 0)
            .Select(Place)
            .DistinctBy(place => string.Join(' ', place));

    /// <summary>The addresses of a module, those that are well first.</summary>
    private IReadOnlyList<Uri> Place(RemoteModule module) =>
        [.. module.Addresses.OrderBy(address => TroubleAt(module, address) is not null)];

    private RemoteModule? Find(string moduleName) =>
        homes.Elsewhere.FirstOrDefault(one =>
            one.Definition.Name.Equals(moduleName, StringComparison.OrdinalIgnoreCase)
        );

    private List<ModuleAddressView> AddressesOf(RemoteModule module) =>
        [.. module.Addresses.Select(address => new ModuleAddressView(address, TroubleAt(module, address)))];

    private string? TroubleAt(RemoteModule module, Uri address) =>
        watch?.TroubleAt(module.Definition.Name, address);

    /// <summary>What a caller is told when a module's process cannot be asked.</summary>
    public static Platform.Domain.Error Unreachable(string module) =>
        Platform.Domain.Error.Unavailable(
            "module_unreachable",
            $"The process of {module} cannot be reached just now. Try again shortly."
        );

    private async Task<ModuleView> ViewAsync(
        RemoteModule module,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var name = module.Definition.Name;
        var addresses = AddressesOf(module);
        using var answer = await calls.SendAsync(
            Place(module),
            request,
            "/api/ops/modules",
            cancellationToken
        );
        var views = answer is { IsSuccessStatusCode: true }
            ? await RemoteCalls.ReadAsync<List<ModuleView>>(answer, cancellationToken)
            : null;
        return views?.Find(view => view.Name == name) is { } found
            ? found with
            {
                Placement = nameof(Placement.Remote),
                Addresses = addresses,
            }
            : new ModuleView(
                name,
                ModuleState.Unknown,
                "Unknown",
                nameof(Placement.Remote),
                module.Definition.Paths,
                addresses.Count == 0 ? null : $"Modules:{name}:Address: {WhyNot(answer)}.",
                [],
                null,
                addresses
            );
    }

    private static string WhyNot(HttpResponseMessage? answer) =>
        answer is null ? "its process cannot be reached there"
        : answer.IsSuccessStatusCode ? "the process there does not run it"
        : $"the process there answers an operator with {(int)answer.StatusCode}; see Auth:Authority and Auth:Audience there";

    private async Task<T?> AskAsync<T>(
        IReadOnlyList<Uri> place,
        HttpRequest request,
        string path,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var answer = await calls.SendAsync(place, request, path, cancellationToken);
        return answer is { IsSuccessStatusCode: true }
            ? await RemoteCalls.ReadAsync<T>(answer, cancellationToken)
            : null;
    }

    private async Task<Microsoft.AspNetCore.Http.IResult?> PassOnAsync(
        IReadOnlyList<Uri> place,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        using var answer = await calls.SendAsync(place, request, CallOf(request.Path), cancellationToken);
        if (answer is null)
            return null;
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        return body.Length == 0
            ? Results.StatusCode((int)answer.StatusCode)
            : Results.Text(
                body,
                answer.Content.Headers.ContentType?.ToString(),
                statusCode: (int)answer.StatusCode
            );
    }

    /// <summary>The control room's forms have the paths of the calls that they stand for, less <c>/api</c>.</summary>
    private static string CallOf(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? path : $"/api{path}";
}

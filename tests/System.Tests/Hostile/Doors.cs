namespace System.Tests.Hostile;

/// <summary>A way into the host, and who may take it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">With a name in braces for what varies.</param>
/// <param name="Roles">Who may; empty where nobody need be signed in.</param>
internal sealed record Door(string Method, string Path, IReadOnlyList<string> Roles)
{
    public string Name => $"{Method} {Path}";

    public bool IsOpen => Roles.Count == 0;

    public bool IsCall => Path.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>The path with a value for each name in braces.</summary>
    public string PathWith(Func<string, string> valueOf) =>
        string.Join(
            '/',
            Path.Split('/').Select(part => part.StartsWith('{') ? valueOf(part.Trim('{', '}')) : part)
        );
}

/// <summary>
/// Every call, page, form and stream, and who may use it: said here anew, to be held against what the host maps. A new
/// one belongs into this list before it is let in.
/// </summary>
internal static class Doors
{
    private const string Written = """
        GET / : anybody
        POST /preferences : anybody
        GET /sign-in : anybody
        POST /sign-in : anybody
        POST /sign-out : anybody
        GET /register : anybody
        POST /register : anybody
        GET /assets/{build}/{name} : anybody
        GET /docs/{documentName} : anybody
        GET /docs/favicon.svg : anybody
        GET /docs/scalar.js : anybody
        GET /docs/scalar.aspnetcore.js : anybody
        GET /docs/streams : anybody
        GET /openapi/v1.json : anybody
        GET /asyncapi/v1.json : anybody
        GET /health/live : anybody
        GET /health/ready : anybody
        GET /metrics : anybody
        POST /connect/token : anybody
        GET /connect/authorize : anybody

        GET /ops : operator
        GET /ops/now : operator
        GET /ops/stream : operator
        POST /ops/modules/{name}/{act} : operator
        GET /ops/modules/{name} : operator
        GET /ops/modules/{name}/home : operator
        POST /ops/modules/{name}/home/{act} : operator
        GET /ops/audit : operator
        GET /ops/score-card : operator
        GET /ops/dead-letters : operator
        POST /ops/dead-letters/{id}/{act} : operator
        GET /api/ops/paces : operator
        GET /api/ops/score-card : operator
        GET /api/ops/sizes : operator
        GET /api/ops/modules : operator
        GET /api/ops/figures : operator
        POST /api/ops/modules/{name}/pause : operator
        POST /api/ops/modules/{name}/resume : operator
        POST /api/ops/modules/{name}/streams/{stream}/replay : operator
        GET /api/ops/modules/{name}/streams/{stream} : operator
        POST /api/ops/modules/{name}/streams/{stream}/decision : operator
        GET /api/ops/modules/{name}/home : operator
        GET /api/ops/modules/{name}/home/plan : operator
        POST /api/ops/modules/{name}/home/move : operator
        POST /api/ops/modules/{name}/home/undo : operator
        POST /api/ops/modules/{name}/home/finish : operator
        GET /api/ops/audit : operator
        GET /api/ops/dead-letters : operator
        POST /api/ops/dead-letters/{id}/replay : operator
        POST /api/ops/dead-letters/{id}/discard : operator

        GET /api/stores : anybody
        GET /api/stores/{id} : anybody
        POST /api/stores : operator
        PUT /api/stores/{id}/pause : store
        PUT /api/stores/{id}/resume : store
        PUT /api/stores/{id}/hours : store
        POST /api/stores/{id}/menu-items : store
        PUT /api/stores/{id}/menu-items/{menuItemId} : store
        DELETE /api/stores/{id}/menu-items/{menuItemId} : store
        PUT /api/stores/{id}/menu-items/{menuItemId}/availability : store
        GET /api/stores/{id}/orders/stream : store operator
        POST /api/orders/quotes : customer
        POST /api/orders : customer
        GET /api/orders : customer store operator
        GET /api/orders/{id} : customer store rider operator
        GET /api/orders/{id}/stream : customer store rider operator
        POST /api/orders/{id}/accept : store
        POST /api/orders/{id}/reject : store
        POST /api/orders/{id}/ready : store
        POST /api/orders/{id}/cancel : customer store operator
        GET /stores : anybody
        POST /stores/address : anybody
        GET /stores/{id} : anybody
        POST /stores/{id}/basket : anybody
        GET /orders/basket : anybody
        POST /orders/basket : anybody
        POST /orders/basket/place : customer
        GET /orders : customer store operator
        GET /orders/{id} : customer store rider operator
        GET /orders/{id}/progress : customer store rider operator
        GET /orders/figures : operator
        POST /orders/{id}/cancel : customer operator
        GET /store : store
        GET /store/tickets : store
        POST /store/orders/{id}/{act} : store
        POST /store/pause : store
        GET /store/hours : store
        POST /store/hours : store
        GET /store/menu : store
        GET /store/menu/new : store
        POST /store/menu/new : store
        GET /store/menu/{item} : store
        POST /store/menu/{item} : store
        POST /store/menu/{item}/availability : store
        POST /store/menu/{item}/remove : store

        GET /api/riders/me : rider
        PUT /api/riders/me/shift : rider
        PUT /api/riders/me/location : rider
        GET /api/riders/me/offers : rider
        POST /api/riders/me/offers/{offerId}/accept : rider
        POST /api/riders/me/offers/{offerId}/decline : rider
        GET /api/riders/me/deliveries : rider
        GET /api/riders/me/earnings : rider
        GET /api/riders/me/stream : rider
        GET /api/deliveries : operator
        GET /api/deliveries/by-order/{orderId} : customer rider operator
        GET /api/deliveries/by-order/{orderId}/stream : customer rider operator
        POST /api/deliveries/{id}/pick-up : rider
        POST /api/deliveries/{id}/deliver : rider
        POST /api/deliveries/{id}/give-up : rider
        POST /api/deliveries/{id}/fail : rider operator
        GET /deliveries/of-order/{orderId} : customer rider operator
        GET /deliveries/figures : operator
        GET /rider : rider
        GET /rider/now : rider
        POST /rider/shift : rider
        POST /rider/location : rider
        POST /rider/offers/{id}/{answer} : rider
        POST /rider/deliveries/{id}/{act} : rider
        GET /rider/earnings : rider

        GET /api/reviews : anybody
        GET /api/reviews/{id} : anybody
        GET /api/reviews/ratings/{storeId} : anybody
        GET /api/reviews/eligible : customer
        GET /api/reviews/mine : customer
        GET /api/reviews/moderation : operator
        GET /api/reviews/riders/{riderId} : rider operator
        POST /api/reviews : customer
        PUT /api/reviews/{id} : customer
        DELETE /api/reviews/{id} : customer
        POST /api/reviews/{id}/reply : store
        PUT /api/reviews/{id}/reply : store
        POST /api/reviews/{id}/dispute : store
        POST /api/reviews/{id}/report : customer store rider operator
        POST /api/reviews/{id}/hide : operator
        POST /api/reviews/{id}/restore : operator
        POST /api/reviews/ratings/{storeId}/rebuild : operator
        GET /reviews/of-store/{storeId} : anybody
        GET /reviews/of-order/{orderId} : customer
        GET /reviews/figures : operator
        GET /reviews/mine : customer
        GET /reviews/of-my-store : store
        POST /reviews : customer
        GET /reviews/{id}/edit : customer
        POST /reviews/{id}/edit : customer
        POST /reviews/{id}/remove : customer
        POST /reviews/{id}/reply : store
        """;

    public static IReadOnlyList<Door> All { get; } =
    [
        .. Written
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries))
            .Select(words => new Door(
                words[0],
                words[1],
                words[2] == "anybody" ? [] : [.. words[2..].Order()]
            )),
    ];
}

namespace System.Tests.Running;

/// <summary>Who may call what, by the first operation prefix that fits; said here anew, to be held against the host.</summary>
internal static class Callers
{
    public static readonly IReadOnlyList<string> AllRoles = ["customer", "store", "rider", "operator"];

    private static readonly (string Operation, string[] Roles)[] Table =
    [
        ("POST /api/stores/{id}/menu-items", ["store"]),
        ("POST /api/stores", ["operator"]),
        ("PUT /api/stores/", ["store"]),
        ("DELETE /api/stores/", ["store"]),
        ("GET /api/stores/{id}/orders/stream", ["store", "operator"]),
        ("POST /api/orders/quotes", ["customer"]),
        ("POST /api/orders/{id}/cancel", ["customer", "store", "operator"]),
        ("POST /api/orders/{id}/", ["store"]),
        ("POST /api/orders", ["customer"]),
        ("GET /api/orders/{id}", ["customer", "store", "rider", "operator"]),
        ("GET /api/orders", ["customer", "store", "operator"]),
        ("GET /api/riders/", ["rider"]),
        ("PUT /api/riders/", ["rider"]),
        ("POST /api/riders/", ["rider"]),
        ("GET /api/deliveries/by-order/", ["customer", "rider", "operator"]),
        ("GET /api/deliveries", ["operator"]),
        ("POST /api/deliveries/{id}/fail", ["rider", "operator"]),
        ("POST /api/deliveries/", ["rider"]),
        ("GET /api/reviews/eligible", ["customer"]),
        ("GET /api/reviews/mine", ["customer"]),
        ("GET /api/reviews/moderation", ["operator"]),
        ("GET /api/reviews/riders/", ["rider", "operator"]),
        ("POST /api/reviews/ratings/", ["operator"]),
        ("POST /api/reviews/{id}/reply", ["store"]),
        ("PUT /api/reviews/{id}/reply", ["store"]),
        ("POST /api/reviews/{id}/dispute", ["store"]),
        ("POST /api/reviews/{id}/report", ["customer", "store", "rider", "operator"]),
        ("POST /api/reviews/{id}/", ["operator"]),
        ("POST /api/reviews", ["customer"]),
        ("PUT /api/reviews/", ["customer"]),
        ("DELETE /api/reviews/", ["customer"]),
        ("GET /api/ops/", ["operator"]),
        ("POST /api/ops/", ["operator"]),
    ];

    public static IReadOnlyList<string> Of(Operation operation) =>
        Table.First(row => operation.Name.StartsWith(row.Operation, StringComparison.Ordinal)).Roles;
}

using Microsoft.AspNetCore.Builder;

namespace Platform.Http;

/// <summary>How an endpoint states who may call it.</summary>
public static class EndpointRules
{
    /// <summary>Only callers with one of <paramref name="roles"/>: without a token 401, with another role 403.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder endpoint, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy =>
            policy.RequireAuthenticatedUser().RequireClaim("sub").RequireClaim("role", roles)
        );

    /// <summary>Anyone who is signed in, whatever the role.</summary>
    public static TBuilder RequireAnyRole<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireRole(Roles.Customer, Roles.Store, Roles.Rider, Roles.Operator);
}

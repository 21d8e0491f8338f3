using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>Everyone sees every store; only its own keeper changes it.</summary>
internal static class StoreAccess
{
    public static readonly Error NotYours = Error.Forbidden("not_your_store", "This is not your store.");

    public static bool Keeps(this Caller caller, Guid storeId) =>
        caller.Is(Roles.Store) && caller.StoreId == storeId;
}

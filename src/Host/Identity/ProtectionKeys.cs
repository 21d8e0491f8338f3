using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Host.Identity;

/// <summary>A key that cookies and the like are protected with.</summary>
internal sealed class ProtectionKey
{
    public required Guid Id { get; init; }

    /// <summary>The key as data protection writes it.</summary>
    public required string Xml { get; init; }
}

/// <summary>
/// Keeps the keys of data protection in the identity database, so that a replica can read what another protected.
/// </summary>
internal sealed class ProtectionKeys(IServiceScopeFactory scopes, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        return [.. database.ProtectionKeys.Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        database.ProtectionKeys.Add(
            new ProtectionKey
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                Xml = element.ToString(SaveOptions.DisableFormatting),
            }
        );
        database.SaveChanges();
    }
}

using Microsoft.AspNetCore.Identity;
using Platform.Http;

namespace Host.Identity;

/// <summary>
/// Somebody who can sign in. One account has one role: who both orders and rides has two accounts, so that a
/// token never stands for more than its bearer means to do.
/// </summary>
internal sealed class Account : IdentityUser<Guid>
{
    /// <summary>One of <see cref="Roles"/>.</summary>
    public required string Role { get; set; }

    /// <summary>The store that a <see cref="Roles.Store"/> account runs; null for everybody else.</summary>
    public Guid? StoreId { get; set; }

    /// <summary>Made by the demo seed, with a password that everybody knows.</summary>
    public bool IsDemo { get; set; }
}

using Host.Identity;
using Microsoft.AspNetCore.Identity;

namespace Host.Tests.Running;

/// <summary>Looks at passwords as ever, and counts how often: whose was looked at, and whether anybody's was.</summary>
internal sealed class CountingHasher : IPasswordHasher<Account>
{
    private readonly PasswordHasher<Account> _hasher = new();
    private int _ofSomebody;
    private int _ofNobody;

    /// <summary>How often an account's password was compared.</summary>
    public int OfSomebody => _ofSomebody;

    /// <summary>How often the same work was done for nothing.</summary>
    public int OfNobody => _ofNobody;

    public string HashPassword(Account user, string password) => _hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(
        Account user,
        string hashedPassword,
        string providedPassword
    )
    {
        if (user.Id == Guid.Empty)
            Interlocked.Increment(ref _ofNobody);
        else
            Interlocked.Increment(ref _ofSomebody);
        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}

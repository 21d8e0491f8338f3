using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Host.Identity;

/// <summary>
/// Makes an account. Whoever registers an address that has one is answered like whoever registers a new one, in like
/// time: only signing in, which is counted, tells whether a password fits.
/// </summary>
internal static class Registration
{
    /// <summary>What both are told.</summary>
    public const string Done =
        "You can sign in now. If you had an account with this address before, it is as it was, with its password.";

    private const int LongestEmail = 254;

    private const string WrongEmail = "Write an e-mail address, such as name@example.com.";

    /// <summary>Makes the account, unless there is one with its address.</summary>
    /// <returns>What is wrong with what was typed in; nothing when there is such an account now.</returns>
    public static async Task<IReadOnlyList<string>> TryAsync(
        UserManager<Account> accounts,
        Account account,
        string password
    )
    {
        if (!IsEmail(account.Email))
            return [WrongEmail];
        try
        {
            var made = await accounts.CreateAsync(account, password);
            return
            [
                .. made
                    .Errors.Where(error => error.Code is not ("DuplicateEmail" or "DuplicateUserName"))
                    .Select(error =>
                        error.Code is "InvalidUserName" or "InvalidEmail" ? WrongEmail : error.Description
                    ),
            ];
        }
        catch (DbUpdateException raced) when (DatabaseFailure.IsDuplicate(raced))
        {
            return [];
        }
    }

    /// <summary>Whether it may be one; that somebody reads it, only a letter to it could show.</summary>
    private static bool IsEmail(string? text)
    {
        if (text is null or { Length: > LongestEmail })
            return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at == text.LastIndexOf('@')
            && at < text.Length - 1
            && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));
    }
}

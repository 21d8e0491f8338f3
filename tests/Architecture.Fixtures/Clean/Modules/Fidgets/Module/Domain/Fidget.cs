using System.Text.RegularExpressions;
using Platform.Domain;

namespace Fidgets.Domain;

internal sealed partial class Fidget : IAggregateRoot
{
    private readonly List<Guid> _stores = [];

    private Fidget() { }

    public Fidget(Guid id, Money worth, IEnumerable<Guid> stores)
    {
        (Id, Worth) = (id, worth);
        _stores.AddRange(stores.Where(store => store != Guid.Empty));
    }

    public Guid Id { get; private set; }

    public Money Worth { get; private set; } = Money.Zero("KRW");

    public Result Spend(DateTimeOffset now) =>
        now.Year < 2000 ? Error.Refused("too_early", $"Fidget {Id} is of a later century.") : Result.Done;

    [GeneratedRegex("^[A-Z0-9]{8}$", RegexOptions.None, 1000)]
    private static partial Regex Code();
}

using Platform.Streams;

namespace Platform.Data;

/// <summary>
/// What a context has said and not yet committed. A transaction that ends otherwise leaves its part behind, which the
/// next one replaces.
/// </summary>
internal sealed class Said
{
    private IReadOnlyList<OutboxRow> _saving = [];
    private List<OutboxRow> _kept = [];
    private Guid _transaction;

    /// <summary>Notes what is about to be saved.</summary>
    public void Saves(IReadOnlyList<OutboxRow> rows) => _saving = rows;

    /// <summary>Keeps what was saved until <paramref name="transaction"/> commits.</summary>
    public void Keep(Guid transaction)
    {
        if (_transaction != transaction)
            (_transaction, _kept) = (transaction, []);
        _kept.AddRange(TakeSaved());
    }

    /// <summary>Yields what was saved and, since there was no transaction around it, is committed.</summary>
    public IReadOnlyList<OutboxRow> TakeSaved()
    {
        var saved = _saving;
        _saving = [];
        return saved;
    }

    /// <summary>Yields what was kept for <paramref name="transaction"/>, which is committed.</summary>
    public IReadOnlyList<OutboxRow> TakeKept(Guid transaction)
    {
        if (_transaction != transaction)
            return [];
        var kept = _kept;
        Forget();
        return kept;
    }

    public void Forget() => (_transaction, _kept, _saving) = (default, [], []);
}

namespace Platform.Streams;

/// <summary>
/// Reads a stream wherever its publisher is at home: from the outbox while that is here, over the broker while it is
/// elsewhere. It changes between two batches, with the cursor where it is, since both yield the same stream.
/// </summary>
/// <param name="here">Reads the outbox.</param>
/// <param name="elsewhere">Reads over the broker.</param>
/// <param name="isElsewhere">Where the publisher is at home now.</param>
internal sealed class HomeReader(IStreamReader here, IStreamReader elsewhere, Func<bool> isElsewhere)
    : IStreamReader
{
    private IStreamReader? _elsewhere;

    /// <summary>What reads it now.</summary>
    public IStreamReader Current => _elsewhere ?? here;

    public Guid? Identity => Current.Identity;

    public bool IsAgreed => Current.IsAgreed;

    public bool HasMore => Current.HasMore;

    public bool CanReadAgain => Current.CanReadAgain;

    public Obstacle? Obstacle => Current.Obstacle;

    public async Task<IReadOnlyList<StreamEvent>> ReadAsync(
        StreamPlace place,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await ChangeAsync();
        return await Current.ReadAsync(place, limit, cancellationToken);
    }

    public async Task VerifyAsync(StreamPlace place, CancellationToken cancellationToken)
    {
        await ChangeAsync();
        await Current.VerifyAsync(place, cancellationToken);
    }

    public Task<long?> HeadAsync(CancellationToken cancellationToken) => Current.HeadAsync(cancellationToken);

    public Task<DateTimeOffset?> OldestBehindAsync(long position, CancellationToken cancellationToken) =>
        Current.OldestBehindAsync(position, cancellationToken);

    public ValueTask StandAsideAsync() => Current.StandAsideAsync();

    public void AskForReplay() => Current.AskForReplay();

    public async ValueTask DisposeAsync()
    {
        await here.DisposeAsync();
        await elsewhere.DisposeAsync();
    }

    private async Task ChangeAsync()
    {
        var wanted = isElsewhere() ? elsewhere : null;
        if (wanted == _elsewhere)
            return;
        await Current.StandAsideAsync();
        _elsewhere = wanted;
    }
}

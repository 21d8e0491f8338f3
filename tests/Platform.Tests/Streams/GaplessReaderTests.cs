using Microsoft.Extensions.Logging.Abstractions;
using Platform.Streams;

namespace Platform.Tests.Streams;

public sealed class GaplessReaderTests
{
    private readonly FlightySource _source = new();

    [Fact]
    public async Task Events_without_a_gap_are_delivered_as_they_are()
    {
        _source.Commit(1, 2, 3);
        (await ReadAsync(0)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Only_the_contiguous_prefix_is_delivered()
    {
        _source.Commit(1, 2, 4);
        (await ReadAsync(0)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_gap_that_fills_while_it_is_reread_is_delivered_in_order()
    {
        _source.Commit(2, 3);
        _source.OnRead = reads =>
        {
            if (reads == 3)
                _source.Commit(1);
        };
        (await ReadAsync(0)).ShouldBe([1, 2, 3]);
        _source.Fences.ShouldBe(0);
    }

    [Fact]
    public async Task A_gap_that_stays_is_passed_over_only_after_every_writer_in_flight_has_ended()
    {
        _source.Commit(2, 5);
        (await ReadAsync(0)).ShouldBe([2, 5]);
        _source.Fences.ShouldBe(1);
    }

    [Fact]
    public async Task A_writer_that_commits_while_it_is_waited_out_is_not_skipped()
    {
        _source.Commit(3);
        _source.OnFence = () => _source.Commit(1);
        (await ReadAsync(0)).ShouldBe([1, 3]);
    }

    [Fact]
    public async Task What_begins_after_the_writers_were_waited_out_is_left_for_the_next_read()
    {
        _source.Commit(3);
        _source.OnFence = () => _source.Commit(5);
        (await ReadAsync(0)).ShouldBe([3]);
    }

    /// <summary>Of 2, which another replica said, the process has nothing at hand.</summary>
    [Fact]
    public async Task What_is_not_at_hand_is_not_passed_over_when_the_one_before_it_commits_late()
    {
        _source.Commit(2, 3);
        _source.Elsewhere.Add(2);
        _source.OnFence = () => _source.Commit(1);
        (await ReadAsync(0)).ShouldBe([1, 2, 3]);
    }

    private async Task<IEnumerable<long>> ReadAsync(long position)
    {
        var options = new StreamOptions { GapPatience = TimeSpan.FromMilliseconds(60) };
        var reader = new GaplessReader(
            _source,
            options,
            TimeProvider.System,
            NullLogger<GaplessReader>.Instance
        );
        return (await reader.ReadAsync(position, 100, CancellationToken.None)).Select(read => read.Position);
    }

    /// <summary>A stream whose positions become visible in any order.</summary>
    private sealed class FlightySource : IStreamSource
    {
        private readonly SortedSet<long> _committed = [];
        private int _reads;

        public string Stream => "flighty";

        public int Fences { get; private set; }

        /// <summary>What others committed, so that it is not at hand.</summary>
        public HashSet<long> Elsewhere { get; } = [];

        public Action<int>? OnRead { get; set; }

        public Action? OnFence { get; set; }

        public void Commit(params ReadOnlySpan<long> positions)
        {
            foreach (var position in positions)
                _committed.Add(position);
        }

        public Task<IReadOnlyList<StreamEvent>> ReadAsync(
            long position,
            int limit,
            CancellationToken cancellationToken
        )
        {
            OnRead?.Invoke(++_reads);
            return Task.FromResult<IReadOnlyList<StreamEvent>>([
                .. _committed.Where(one => one > position).Take(limit).Select(At),
            ]);
        }

        public Task<IReadOnlyList<StreamEvent>> ReadNextAsync(
            long position,
            int limit,
            CancellationToken cancellationToken
        ) =>
            _committed.Contains(position + 1) && !Elsewhere.Contains(position + 1)
                ? Task.FromResult<IReadOnlyList<StreamEvent>>([
                    .. _committed.Where(one => one > position && !Elsewhere.Contains(one)).Select(At),
                ])
                : ReadAsync(position, limit, cancellationToken);

        public Task<long> HeadAsync(CancellationToken cancellationToken) => Task.FromResult(_committed.Max);

        public Task<StreamStanding> StandingAsync(long position, CancellationToken cancellationToken) =>
            Task.FromResult(new StreamStanding(Guid.Empty, _committed.Max, 0, null));

        public Task<StreamPlace> PlaceAsync(
            long upTo,
            DateTimeOffset? saidBy,
            CancellationToken cancellationToken
        ) => Task.FromResult(new StreamPlace(Guid.Empty, _committed.Max, null));

        public Task WaitOutWritersAsync(CancellationToken cancellationToken)
        {
            Fences++;
            OnFence?.Invoke();
            return Task.CompletedTask;
        }

        private static StreamEvent At(long position) =>
            new(position, Guid.Empty, "x.y.v1", Guid.Empty, "{}", default, null);
    }
}

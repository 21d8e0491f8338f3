using Microsoft.Extensions.DependencyInjection;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

public sealed class BroadcastTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PlantedStream _talk = new("talk");
    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly Guid _bob = Guid.CreateVersion7();

    [Fact]
    public async Task A_listener_is_told_what_happens_to_its_key_from_now_on()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        _talk.SayWords(_ann, "before");
        await using var listener = Follow(host, _ann, after: null);
        var next = listener.MoveNextAsync().AsTask();
        var positions = new List<long>();
        await Eventually.HoldsAsync(
            () =>
            {
                _talk.SayWords(_bob, "somebody else");
                positions.Add(_talk.Say(_ann, new WordSaid(_ann, 2, "now")));
                return next.IsCompleted;
            },
            "the listener is told"
        );

        (await next).ShouldBeTrue();
        listener.Current.Key.ShouldBe(_ann);
        positions.ShouldContain(listener.Current.Position);
    }

    [Fact]
    public async Task A_listener_that_comes_back_is_told_what_it_missed_and_then_what_is_new_without_a_repeat()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        _talk.SayWords(_ann, "one", "two", "three");
        await using var listener = Follow(host, _ann, after: 1);

        (await NextAsync(listener)).ShouldBe(2);
        (await NextAsync(listener)).ShouldBe(3);
        _talk.Say(_ann, new WordSaid(_ann, 4, "four"));
        (await NextAsync(listener)).ShouldBe(4);
    }

    [Fact, Trait("Fault", "S9")]
    public async Task Who_listens_first_while_the_stream_is_away_does_not_keep_others_from_it()
    {
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        _talk.Away = new TimeoutException("the database is away");
        await using (var tooEarly = Follow(host, _ann, after: null))
            await Should.ThrowAsync<TimeoutException>(() => tooEarly.MoveNextAsync().AsTask());
        _talk.Away = null;
        _talk.SayWords(_ann, "one", "two");

        await using var listener = Follow(host, _ann, after: 1);

        (await NextAsync(listener)).ShouldBe(2);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<long> NextAsync(IAsyncEnumerator<StreamEvent> listener)
    {
        (await listener.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
        return listener.Current.Position;
    }

    private static IAsyncEnumerator<StreamEvent> Follow(ModuleHost host, Guid key, long? after) =>
        host
            .Services.GetRequiredService<StreamBroadcast>()
            .FollowAsync("talk", key, after, CancellationToken.None)
            .GetAsyncEnumerator();
}

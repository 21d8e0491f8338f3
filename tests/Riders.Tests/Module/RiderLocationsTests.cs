using Microsoft.Extensions.Time.Testing;
using Platform.Domain;
using Riders.Data;
using Riders.Domain;
using Riders.Tests.Domain;

namespace Riders.Tests.Module;

/// <summary>What memory knows of riders, and what it forgets.</summary>
public sealed class RiderLocationsTests
{
    private readonly FakeTimeProvider _clock = new(Scene.Noon);
    private readonly RiderLocations _locations;
    private readonly Guid _rider = Guid.CreateVersion7();

    public RiderLocationsTests() => _locations = new RiderLocations(Scene.Rules, _clock);

    [Fact]
    public void A_rider_is_found_until_their_location_is_two_minutes_old()
    {
        Report(Scene.Store);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Found().ShouldBeTrue();
        _clock.Advance(TimeSpan.FromTicks(1));
        Found().ShouldBeFalse();
        _locations.ForgetStale();
        Report(Scene.Store);
        Found().ShouldBeTrue();
    }

    [Fact]
    public void A_rider_who_is_not_free_is_not_found_wherever_they_go()
    {
        Report(Scene.Store);
        _locations.NoteWhetherFree(_rider, false);
        Report(Scene.North(Scene.Store, 5));
        Found().ShouldBeFalse();
        _locations.NoteWhetherFree(_rider, true);
        Found().ShouldBeTrue();
    }

    [Fact]
    public void An_older_location_does_not_undo_a_newer_one()
    {
        Report(Scene.Store);
        _locations.Learn([new Sighting(_rider, Scene.Customer, Scene.Noon.AddSeconds(-5))]);
        _locations.LastOf(_rider)!.Location.ShouldBe(Scene.Store);
        _locations.Learn([new Sighting(_rider, Scene.Customer, Scene.Noon.AddSeconds(5))]);
        _locations.LastOf(_rider)!.Location.ShouldBe(Scene.Customer);
    }

    [Fact]
    public void What_could_not_be_written_is_handed_over_again_at_its_newest()
    {
        Report(Scene.Store);
        var unsaved = _locations.TakeUnsaved(10);
        _locations.TakeUnsaved(10).ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Report(Scene.Customer);
        _locations.PutBack(unsaved);
        _locations.TakeUnsaved(10).ShouldHaveSingleItem().Location.ShouldBe(Scene.Customer);
    }

    [Fact]
    public void What_was_learned_from_the_database_is_not_written_back()
    {
        _locations.Learn([new Sighting(_rider, Scene.Store, Scene.Noon)]);
        _locations.TakeUnsaved(10).ShouldBeEmpty();
    }

    private void Report(GeoPoint place) => _locations.Report(new Sighting(_rider, place, _clock.GetUtcNow()));

    private bool Found() => _locations.Nearest(Scene.Store, 5, 5_000, _ => true).Riders.Count == 1;
}

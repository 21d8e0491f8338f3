namespace Riders.Data;

/// <summary>
/// A rider's last location as other replicas, and this one after a restart, can read it. A table of its own, so
/// that writing it touches neither the rider's row nor its version.
/// </summary>
internal sealed class RiderLocation
{
    public required Guid RiderId { get; init; }
    public required double Latitude { get; set; }
    public required double Longitude { get; set; }
    public required DateTimeOffset At { get; set; }
}

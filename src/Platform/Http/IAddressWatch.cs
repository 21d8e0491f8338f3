namespace Platform.Http;

/// <summary>How the addresses of modules elsewhere do, as whoever sends calls there finds them.</summary>
internal interface IAddressWatch
{
    /// <summary>What is wrong at an address of a module; null when nothing is, or nobody has looked yet.</summary>
    string? TroubleAt(string module, Uri address);
}

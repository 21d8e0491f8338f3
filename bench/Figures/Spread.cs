namespace Figures;

/// <summary>Measured values of one thing.</summary>
internal sealed class Spread(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public double Least => _sorted[0];

    public double Median => At(0.5);

    public double Most => _sorted[^1];

    /// <summary>The smallest measured value that <paramref name="share"/> of all are not above.</summary>
    public double At(double share) => _sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)];
}

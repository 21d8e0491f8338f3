using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Simulator.People;

/// <summary>
/// One actor's luck. It follows from the seed and the actor's name alone, so that whoever else is slow or gone,
/// the actor decides as before.
/// </summary>
internal sealed class Chance(int seed, string actor)
{
    private readonly Random _random = new(
        BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{actor}")))
    );

    /// <summary>True in this share of cases, 0 to 1.</summary>
    public bool Of(double share) => _random.NextDouble() < share;

    public TimeSpan Seconds(double least, double most) =>
        TimeSpan.FromSeconds(least + (_random.NextDouble() * (most - least)));

    /// <summary>Both included.</summary>
    public int Whole(int least, int most) => _random.Next(least, most + 1);

    public double Between(double least, double most) => least + (_random.NextDouble() * (most - least));

    public T OneOf<T>(params IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}

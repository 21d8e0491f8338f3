namespace Reviews.Domain;

/// <summary>
/// How often each score was given. Whole numbers only: sum, count and mean follow from them, so that adding and
/// taking away in any order ends at the very figures of a count from scratch.
/// </summary>
internal sealed record ScoreTally(int Ones, int Twos, int Threes, int Fours, int Fives)
{
    public static ScoreTally Empty { get; } = new(0, 0, 0, 0, 0);

    public int Count => Ones + Twos + Threes + Fours + Fives;

    public int Sum => Ones + (2 * Twos) + (3 * Threes) + (4 * Fours) + (5 * Fives);

    /// <summary>The mean, 1 to 5; 0 when nothing is counted.</summary>
    public double Average => Count == 0 ? 0 : (double)Sum / Count;

    public ScoreTally And(int score, int times = 1) => Add(score, times);

    public ScoreTally Without(int score) => Add(score, -1);

    private ScoreTally Add(int score, int times)
    {
        var tally = score switch
        {
            1 => this with { Ones = Ones + times },
            2 => this with { Twos = Twos + times },
            3 => this with { Threes = Threes + times },
            4 => this with { Fours = Fours + times },
            5 => this with { Fives = Fives + times },
            _ => throw new ArgumentOutOfRangeException(nameof(score), score, "Scores go from 1 to 5."),
        };
        return tally is { Ones: >= 0, Twos: >= 0, Threes: >= 0, Fours: >= 0, Fives: >= 0 }
            ? tally
            : throw new InvalidOperationException($"A score of {score} was taken away that never counted.");
    }
}

using Platform.Domain;

namespace Reviews.Domain;

/// <summary>
/// What a customer gave, 1 (poor) to 5 (great): the food is the store's doing, the delivery the rider's, so they
/// are asked and counted apart.
/// </summary>
internal sealed record Scores
{
    public const int Lowest = 1;
    public const int Highest = 5;

    private Scores(int food, int delivery) => (Food, Delivery) = (food, delivery);

    public int Food { get; }

    public int Delivery { get; }

    public static Result<Scores> Of(int food, int delivery) =>
        InRange(food) && InRange(delivery)
            ? new Scores(food, delivery)
            : Error.Invalid("score_out_of_range", $"Scores go from {Lowest} to {Highest}.");

    private static bool InRange(int score) => score is >= Lowest and <= Highest;
}

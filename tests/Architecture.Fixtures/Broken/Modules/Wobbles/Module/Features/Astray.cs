namespace Wobbles.Elsewhere;

internal sealed class Astray;

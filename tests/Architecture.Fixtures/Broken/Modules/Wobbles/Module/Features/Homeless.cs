internal sealed class Homeless;

namespace Wobbles.Features;

internal sealed class Clocks
{
    private readonly Guid _id = Guid.NewGuid();

    public static DateTime Wall() => DateTime.Now;

    public static DateTimeOffset Utc => DateTimeOffset.UtcNow;

    public static Func<Guid> MethodGroup() => Guid.NewGuid;

    public static Func<Task<DateTime>> AsyncLambda() =>
        async () =>
        {
            await Task.Yield();
            return DateTime.UtcNow;
        };

    public static Guid HiddenClock() => Guid.CreateVersion7();

    public static TimeProvider Shortcut() => TimeProvider.System;

    public static Guid Fine(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow());
}

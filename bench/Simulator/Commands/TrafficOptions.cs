using System.CommandLine;
using Simulator.People;

namespace Simulator.Commands;

/// <summary>The options that say how much traffic there is.</summary>
internal static class TrafficOptions
{
    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Decides what every actor decides.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double> Rate = new("--rate")
    {
        Description = "Customers who come each second.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<int?> Orders = new("--orders")
    {
        Description = "After so many customers no more come.",
    };

    private static readonly Option<TimeSpan?> Duration = new("--duration")
    {
        Description = "After so long (hh:mm:ss) no more customers come.",
    };

    private static readonly Option<int> Customers = new("--customers")
    {
        Description = "How many people the customers are.",
        DefaultValueFactory = _ => 200,
    };

    private static readonly Option<int> Stores = new("--stores") { DefaultValueFactory = _ => 4 };

    private static readonly Option<int> Riders = new("--riders")
    {
        Description = "0 takes as many as the rate needs.",
    };

    private static readonly Option<double> TimeScale = new("--time-scale")
    {
        Description = "What the seconds of thinking, cooking and riding are multiplied by.",
        DefaultValueFactory = _ => 1,
    };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Seed, Rate, Orders, Duration, Customers, Stores, Riders, TimeScale])
            command.Options.Add(option);
    }

    public static TrafficPlan Read(ParseResult parsed, string run)
    {
        var (orders, duration) = (parsed.GetValue(Orders), parsed.GetValue(Duration));
        return new TrafficPlan
        {
            Run = run,
            Seed = parsed.GetValue(Seed),
            Rate = parsed.GetValue(Rate),
            Orders = orders is null && duration is null ? 100 : orders,
            Duration = duration,
            Customers = parsed.GetValue(Customers),
            Stores = parsed.GetValue(Stores),
            Riders = parsed.GetValue(Riders),
            TimeScale = parsed.GetValue(TimeScale),
        };
    }
}

using System.CommandLine;
using Simulator.Commands;

// Whoever is interrupted ends the processes and servers that it has started.
var timeToLeave = TimeSpan.FromMinutes(1);

var simulator = new RootCommand(
    "Customers, stores and riders against a running deployment, and a checker of what became of it."
)
{
    RunCommand.Create(),
    CheckCommand.Create(),
    CrashCommand.Create(),
    ExtractCommand.Create(),
};
try
{
    return await simulator
        .Parse(args)
        .InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = timeToLeave,
            }
        );
}
catch (Exception failure) when (failure is InvalidOperationException or IOException or ArgumentException)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}

using System.CommandLine;
using Simulator.Commands;

var simulator = new RootCommand(
    "Customers, stores and riders against a running deployment, and a checker of what became of it."
)
{
    RunCommand.Create(),
    CheckCommand.Create(),
    CrashCommand.Create(),
};
try
{
    return await simulator
        .Parse(args)
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception failure) when (failure is InvalidOperationException or IOException or ArgumentException)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}

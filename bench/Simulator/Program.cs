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
return await simulator.Parse(args).InvokeAsync();

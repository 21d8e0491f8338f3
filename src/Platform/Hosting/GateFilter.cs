using Microsoft.AspNetCore.Http;
using Platform.Domain;
using Platform.Http;
using Platform.Modules;

namespace Platform.Hosting;

/// <summary>Answers 503 for a module that is paused or not ready, before anything of the module runs.</summary>
internal sealed class GateFilter(ModuleGate gate, string module) : IEndpointFilter
{
    private const string RetryAfterSeconds = "5";

    public ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        switch (gate.State)
        {
            case ModuleState.Running:
                return next(context);
            case ModuleState.Paused:
                return Refuse(
                    context,
                    "module_paused",
                    $"{module} is paused by an operator. Try again later."
                );
            default:
                return Refuse(context, "module_starting", $"{module} is not ready yet. Try again shortly.");
        }
    }

    private static ValueTask<object?> Refuse(
        EndpointFilterInvocationContext context,
        string code,
        string message
    )
    {
        context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ValueTask.FromResult<object?>(Error.Unavailable(code, message).ToProblem());
    }
}

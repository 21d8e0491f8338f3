using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Http;

namespace Platform.Tests.Http;

/// <summary>Who hangs up while a database is away leaves no trace of an error in the log.</summary>
public sealed class GoneCallerTests
{
    [Fact]
    public async Task A_problem_that_nobody_waits_for_is_no_failure()
    {
        await using var services = new ServiceCollection().AddLogging().AddProblems().BuildServiceProvider();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, RequestAborted = gone.Token };
        http.Response.Body = body;

        await http.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable);

        http.Response.StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
    }
}

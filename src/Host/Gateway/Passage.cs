using System.Buffers;
using Host.Settings;
using Platform.Http;
using Platform.Live;
using Yarp.ReverseProxy.Transforms;

namespace Host.Gateway;

/// <summary>
/// One call on its way to a module elsewhere. It takes a place among the module's calls; what turns out to be a live
/// stream, whatever it was asked for with, moves to a place among its streams and is passed on here: it is silent for
/// longer than an answer may be, and ends as it should when its caller's token, or this process, does.
/// </summary>
internal sealed class Passage(
    HttpContext http,
    string module,
    SemaphoreSlim calls,
    SemaphoreSlim streams,
    GatewaySettings limits,
    LiveTenures tenures
) : IDisposable
{
    public const string StreamType = "text/event-stream";

    private SemaphoreSlim? _place;

    /// <summary>Why the stream that was answered is not passed on; null while it is, and for other answers.</summary>
    public (int Status, string Code, string Detail)? Refusal { get; private set; }

    public bool TryBegin()
    {
        if (!calls.Wait(TimeSpan.Zero))
            return false;
        _place = calls;
        return true;
    }

    /// <summary>Passes a live stream on until its end.</summary>
    public async Task FollowAsync(ResponseTransformContext answer)
    {
        answer.SuppressResponseBody = true;
        http.IsMeantToLast();
        if (!streams.Wait(TimeSpan.Zero))
        {
            Refuse(StatusCodes.Status503ServiceUnavailable, Forwarding.Busy, Forwarding.BusyDetail(module));
            return;
        }
        Leave();
        _place = streams;
        if (tenures.TryBegin(http) is not { } tenure)
        {
            Refuse(StatusCodes.Status429TooManyRequests, LiveTenures.RefusalCode, LiveTenures.Refusal);
            return;
        }
        var said = await answer.ProxyResponse!.Content.ReadAsStreamAsync(http.RequestAborted);
        await PassOnAsync(said, tenure);
    }

    public void Dispose() => Leave();

    private void Leave()
    {
        _place?.Release();
        _place = null;
    }

    private void Refuse(int status, string code, string detail)
    {
        http.Response.Clear();
        Refusal = (status, code, detail);
    }

    /// <summary>Nothing is thrown from here: the answer has begun, and its client comes back when it ends.</summary>
    private async Task PassOnAsync(Stream said, LiveTenure tenure)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, tenure.Over);
        var isBetweenItems = true;
        try
        {
            // Who opens a live stream learns at once that it is open, not when something is first said on it.
            await http.Response.Body.FlushAsync(ends.Token);
            while (true)
            {
                ends.CancelAfter(limits.StreamSilence);
                var read = await said.ReadAsync(buffer, ends.Token);
                if (read == 0)
                    return;
                await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                isBetweenItems = buffer.AsSpan(0, read).EndsWith("\n\n"u8);
            }
        }
        catch (Exception over)
            when (over is OperationCanceledException or IOException or HttpRequestException)
        {
            if (isBetweenItems && !http.RequestAborted.IsCancellationRequested)
                await http.Response.WriteAsync(LiveTenure.ComeBack, CancellationToken.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

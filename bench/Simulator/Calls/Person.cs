using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Simulator.Ledgers;

namespace Simulator.Calls;

/// <summary>
/// Somebody with a token. What they ask is tried again, at another replica, until it is answered; and what they
/// did is in the ledger, attempt by attempt.
/// </summary>
internal sealed class Person(string name, Guid id, string token, Connection connection)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    public string Name => name;

    public Guid Id => id;

    /// <summary>Looks something up. Null when there is no such thing.</summary>
    public async Task<JsonNode?> LookAsync(string path, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = await SendAsync(HttpMethod.Get, path, body: null, key: null, stop);
            if (reply.IsFinal)
                return reply.Done ? reply.Body : null;
            await RestAsync(attempt, stop);
        }
    }

    /// <summary>Says something that needs no answer and is said again soon anyway.</summary>
    public Task<Reply> MentionAsync(string path, object body, CancellationToken stop) =>
        SendAsync(HttpMethod.Put, path, body, key: null, stop);

    /// <summary>Has something done. The reply is final unless the person lost patience.</summary>
    public async Task<Reply> DoAsync(Call call, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = Reply.Failed(Outcome.Unknown, "stopped");
            try
            {
                reply = await SendAsync(call.Method, call.Path, call.Body, call.Key, stop);
            }
            finally
            {
                Write(call, attempt, reply);
            }
            if (reply.IsFinal || attempt >= call.Patience)
                return reply;
            await RestAsync(attempt, stop);
        }
    }

    /// <summary>Notes what the person was shown of an order.</summary>
    public void Saw(Guid order, string state, IReadOnlyList<string>? timeline) =>
        connection.Ledger.Write(
            new Entry
            {
                At = connection.Clock.GetUtcNow(),
                Actor = name,
                Caller = id,
                Deed = Deeds.SeeOrder,
                Outcome = Outcome.Seen,
                Subject = order,
                State = state,
                Timeline = timeline,
            }
        );

    private void Write(Call call, int attempt, Reply reply) =>
        connection.Ledger.Write(
            new Entry
            {
                At = connection.Clock.GetUtcNow(),
                Actor = name,
                Caller = id,
                Deed = call.Deed,
                Outcome = reply.Outcome,
                Subject = call.Subject,
                Key = call.Key,
                Attempt = attempt,
                Status = reply.Status,
                Code = reply.Code,
                Id = reply.Done ? reply.Id("reviewId", "orderId", "storeId") : null,
                State = reply.Done ? reply.State : null,
                Timeline = reply.Done ? reply.Timeline : null,
                Asked = call.Body is null
                    ? null
                    : JsonSerializer.SerializeToNode(call.Body, JsonSerializerOptions.Web),
            }
        );

    private async Task<Reply> SendAsync(
        HttpMethod method,
        string path,
        object? body,
        string? key,
        CancellationToken stop
    )
    {
        var address = connection.Addresses.Next();
        var began = connection.Clock.GetUtcNow();
        var since = connection.Clock.GetTimestamp();
        var reply = await AskAsync(address, method, path, body, key, stop);
        connection.Timings?.Note(
            new Timing(
                began,
                connection.Clock.GetElapsedTime(since),
                address,
                path,
                reply.Outcome,
                reply.Status,
                reply.Code
            )
        );
        return reply;
    }

    private async Task<Reply> AskAsync(
        Uri address,
        HttpMethod method,
        string path,
        object? body,
        string? key,
        CancellationToken stop
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: JsonSerializerOptions.Web);
        try
        {
            using var response = await connection.Http.SendAsync(request, stop);
            return Reply.Read((int)response.StatusCode, await response.Content.ReadAsStringAsync(stop));
        }
        catch (HttpRequestException unsent) when (unsent.HttpRequestError is HttpRequestError.ConnectionError)
        {
            connection.Addresses.IsDown(address);
            return Reply.Failed(Outcome.Unsent, "no connection");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            connection.Addresses.IsDown(address);
            return Reply.Failed(Outcome.Unknown, "connection broken");
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            connection.Addresses.IsDown(address);
            return Reply.Failed(Outcome.Unknown, "no answer in time");
        }
    }

    private Task RestAsync(int attempt, CancellationToken stop)
    {
        var rest = FirstRest * Math.Min(attempt, 10);
        return Task.Delay(rest < LongestRest ? rest : LongestRest, connection.Clock, stop);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Domain;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Commands;

/// <summary>
/// Gives a repeated command the answer it got the first time. The record commits with the command's changes; of
/// two at once the second fails on the record's key, starts over and finds the first one's answer.
/// </summary>
internal sealed class IdempotencyBehaviour<TRequest, TResponse>(
    ModuleCatalog modules,
    IServiceProvider services,
    TimeProvider clock
) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IResult<TResponse>, IAnswer<TResponse>
{
    private static readonly Error Reused = Error.Conflict(
        "idempotency_key_reused",
        "This Idempotency-Key was used with another request: use a new key for a new request."
    );

    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        if (request is not IIdempotentCommand command)
            return await next();
        var context = (ModuleDbContext)
            services.GetService(modules.Of(typeof(TRequest).Assembly).DatabaseContext!)!;
        var fingerprint = Fingerprint(request);
        var earlier = await context
            .IdempotencyRecords.AsNoTracking()
            .SingleOrDefaultAsync(
                record => record.CallerId == command.CallerId && record.Key == command.IdempotencyKey,
                cancellationToken
            );
        if (earlier is not null)
        {
            return earlier.Fingerprint == fingerprint
                ? TResponse.Read(earlier.Answer, EventJson.Options)
                : TResponse.From(Reused);
        }
        var result = await next();
        if (result.Error is null)
        {
            context.IdempotencyRecords.Add(
                new IdempotencyRecord
                {
                    CallerId = command.CallerId,
                    Key = command.IdempotencyKey,
                    Fingerprint = fingerprint,
                    Answer = result.Write(EventJson.Options),
                    CreatedAt = clock.GetUtcNow(),
                }
            );
        }
        return result;
    }

    private static string Fingerprint(TRequest request)
    {
        var text = typeof(TRequest).Name + JsonSerializer.Serialize(request, EventJson.Options);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

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
/// Gives a repeated command the answer it got the first time. The record commits with the command's changes. Hardly
/// any command is a repetition, so the first attempt does not look for a record: one that was there all along, or
/// that another request adds meanwhile, refuses this one's by its key, and the next attempt finds its answer. A
/// command that its handler refuses may be a repetition as well, of one that was fine in its time.
/// </summary>
internal sealed class IdempotencyBehaviour<TRequest, TResponse>(
    ModuleCatalog modules,
    Attempt attempt,
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

    private static readonly Error Required = Error.Invalid(
        "idempotency_key_required",
        $"Send an Idempotency-Key of 1 to {IIdempotentCommand.LongestKey} characters, new for each thing you mean to do."
    );

    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        if (request is not IIdempotentCommand command)
            return await next();
        if (!IsKey(command.IdempotencyKey))
            return TResponse.From(Required);
        var context = (ModuleDbContext)
            services.GetService(modules.Of(typeof(TRequest).Assembly).DatabaseContext!)!;
        var fingerprint = Fingerprint(request);
        if (!attempt.IsFirst && await FindAsync(context, command, cancellationToken) is { } known)
            return AnswerOf(known, fingerprint);
        var result = await next();
        if (result.Error is not null)
        {
            if (!attempt.IsFirst)
                return result;
            await ForgetChangesAsync(context, cancellationToken);
            return await FindAsync(context, command, cancellationToken) is { } earlier
                ? AnswerOf(earlier, fingerprint)
                : result;
        }
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
        return result;
    }

    /// <summary>Whoever calls, by whichever way: nothing is begun under a key that could not be kept.</summary>
    private static bool IsKey(string key) =>
        !string.IsNullOrWhiteSpace(key)
        && key.Length <= IIdempotentCommand.LongestKey
        && !key.Any(char.IsControl);

    private static Task<IdempotencyRecord?> FindAsync(
        ModuleDbContext context,
        IIdempotentCommand command,
        CancellationToken cancellationToken
    ) =>
        context
            .IdempotencyRecords.AsNoTracking()
            .SingleOrDefaultAsync(
                record => record.CallerId == command.CallerId && record.Key == command.IdempotencyKey,
                cancellationToken
            );

    private static TResponse AnswerOf(IdempotencyRecord earlier, string fingerprint) =>
        earlier.Fingerprint == fingerprint
            ? TResponse.Read(earlier.Answer, EventJson.Options)
            : TResponse.From(Reused);

    /// <summary>What a refused command changed must not be saved along with an answer that it finds.</summary>
    private static async Task ForgetChangesAsync(ModuleDbContext context, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        if (context.Database.CurrentTransaction is { } transaction)
            await transaction.RollbackAsync(cancellationToken);
    }

    private static string Fingerprint(TRequest request)
    {
        var text = typeof(TRequest).Name + JsonSerializer.Serialize(request, EventJson.Options);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

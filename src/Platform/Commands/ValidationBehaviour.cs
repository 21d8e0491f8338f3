using System.Text.Json;
using FluentValidation;
using MediatR;
using Platform.Domain;

namespace Platform.Commands;

/// <summary>
/// Refuses a request that its validators find fault with, naming each field as clients spell it. They look at the
/// request and nothing else, so there is nothing to wait for.
/// </summary>
internal sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IResult<TResponse>
{
    /// <summary>More than anybody mends at once: an answer does not grow with what is wrong in a request.</summary>
    private const int MostErrors = 50;

    public Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        foreach (var validator in validators)
        {
            var found = validator.Validate(request);
            if (found.IsValid)
                continue;
            var fields = found
                .Errors.Take(MostErrors)
                .GroupBy(failure => MemberName(failure.PropertyName), StringComparer.Ordinal)
                .ToDictionary(
                    field => field.Key,
                    field =>
                        field
                            .Select(failure => failure.ErrorMessage)
                            .Distinct(StringComparer.Ordinal)
                            .ToArray(),
                    StringComparer.Ordinal
                );
            return Task.FromResult(
                TResponse.From(
                    Error.Invalid("validation_failed", "Some fields are wrong; see 'errors'.") with
                    {
                        Fields = fields,
                    }
                )
            );
        }
        return next();
    }

    private static string MemberName(string path) =>
        string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}

using MediatR;
using Platform.Domain;

namespace Platform.Commands;

/// <summary>
/// Something a person or an event asks a module to change. It is handled once, in a unit of work: what its
/// handler changed is saved when the result is done, and nothing is saved when it is refused.
/// </summary>
/// <typeparam name="T">What it yields.</typeparam>
public interface ICommand<T> : IRequest<Result<T>>;

/// <summary>Something a person asks a module about. It changes nothing and opens no unit of work.</summary>
/// <typeparam name="T">What it yields.</typeparam>
public interface IQuery<T> : IRequest<Result<T>>;

/// <summary>Handles one kind of command. Found by scanning the module; never calls <c>SaveChanges</c>.</summary>
/// <typeparam name="TCommand">The command.</typeparam>
/// <typeparam name="T">What it yields.</typeparam>
public interface ICommandHandler<TCommand, T> : IRequestHandler<TCommand, Result<T>>
    where TCommand : ICommand<T>;

/// <summary>Handles one kind of query. Found by scanning the module.</summary>
/// <typeparam name="TQuery">The query.</typeparam>
/// <typeparam name="T">What it yields.</typeparam>
public interface IQueryHandler<TQuery, T> : IRequestHandler<TQuery, Result<T>>
    where TQuery : IQuery<T>;

/// <summary>What a command yields that has nothing to tell.</summary>
public readonly record struct Nothing
{
    /// <summary>A done result that has nothing to tell.</summary>
    public static Result<Nothing> Done => default(Nothing);
}

namespace Architecture.Tests.Codebase;

/// <summary>The platform's types that mean something to a rule, taken from the platform so that a renaming follows.</summary>
internal static class PlatformTypes
{
    public static readonly string Module = typeof(Platform.Modules.IModule).FullName!;
    public static readonly string AggregateRoot = typeof(Platform.Domain.IAggregateRoot).FullName!;
    public static readonly string CommandHandler = typeof(Platform.Commands.ICommandHandler<,>).FullName!;
    public static readonly string QueryHandler = typeof(Platform.Commands.IQueryHandler<,>).FullName!;
    public static readonly string Page = typeof(Platform.Pages.PageBase).FullName!;
    public static readonly string ModuleDbContext = typeof(Platform.Data.ModuleDbContext).FullName!;

    /// <summary>What the platform's handler interfaces come down to.</summary>
    public const string RequestHandler = "MediatR.IRequestHandler`2";

    public const string DbContext = "Microsoft.EntityFrameworkCore.DbContext";
}

using Platform.Commands;
using Platform.Domain;

namespace Wobbles.Domain;

internal sealed record Misplace : ICommand<Nothing>;

internal sealed class MisplacedHandler : ICommandHandler<Misplace, Nothing>
{
    public Task<Result<Nothing>> Handle(Misplace command, CancellationToken cancellationToken) =>
        Task.FromResult(Nothing.Done);
}

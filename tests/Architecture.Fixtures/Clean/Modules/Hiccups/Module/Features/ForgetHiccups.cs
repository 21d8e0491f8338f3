using Platform.Commands;
using Platform.Domain;

namespace Hiccups.Features;

internal sealed record ForgetHiccups : ICommand<Nothing>;

internal sealed class ForgetHiccupsHandler : ICommandHandler<ForgetHiccups, Nothing>
{
    public Task<Result<Nothing>> Handle(ForgetHiccups command, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Nothing>>(Nothing.Done);
}

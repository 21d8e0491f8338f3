using System.Data.Common;
using Platform.Data;
using Platform.Extraction;

namespace Platform.Homes;

/// <summary>Looks what speaks against taking a module's data along, and changes nothing.</summary>
internal static class DataMovePlan
{
    /// <summary>How many rows there are, and each reason why the move would be refused.</summary>
    public static async Task<(long Rows, IReadOnlyList<string> Refusals)> LookAsync(
        ModuleDbContext first,
        ModuleDbContext second,
        CancellationToken cancellationToken
    )
    {
        var refusals = new List<string>();
        foreach (var (side, what) in ((ModuleDbContext, string)[])[(first, "Source"), (second, "Target")])
        {
            try
            {
                if (!await Capture.MayPutUpAsync(side, cancellationToken))
                    refusals.Add(
                        $"{what}: this login does not own the tables of '{side.Schema}'; use the one that 'migrate' uses."
                    );
            }
            catch (Exception failure) when (failure is DbException || DatabaseFailure.IsUnreachable(failure))
            {
                refusals.Add(
                    $"{what}: it cannot be used ({failure.GetBaseException().Message.TrimEnd('.')})."
                );
            }
        }
        if (refusals.Count > 0)
            return (0, refusals);
        try
        {
            await SchemaVersions.RefuseUnlessEqualAsync(first, second, cancellationToken);
        }
        catch (CopyRefusedException refused)
        {
            return (0, [refused.Message]);
        }
        if (await new MoveSide(second, "Target").WhyNoTargetAsync(cancellationToken) is { } refusal)
            refusals.Add(refusal);
        return (await TableRows.CountAllAsync(first, cancellationToken), refusals);
    }
}

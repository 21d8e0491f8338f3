using System.ComponentModel;

namespace Wobbles.Features;

/// <summary>SQL that reaches into Mumbles's schema, wherever a text can stand.</summary>
internal static class Statements
{
    public const string Constant = "select * from mumbles.tier";

    public static string InABody() => "UPDATE \"mumbles\".\"tier\" SET points = 0";

    public static string Brackets() => "DELETE FROM [mumbles].[tier]";

    public static string Interpolated(string table) => $"select id from mumbles.{table}";

    public static string InPieces(string table)
    {
        var schema = "mumbles";
        return "select id from " + schema + "." + table;
    }

    public static Func<Task<string>> InAnAsyncLambda() =>
        async () =>
        {
            await Task.Yield();
            return "insert into mumbles.tier values (1)";
        };

    [Description("select count(*) from mumbles.tier")]
    public static void InAnAttribute() { }

    public static void AsADefault(string sql = "drop table mumbles.tier") { }

    public static string AliasOfAnEvent() =>
        "select * from wobbles.outbox where type = 'mumbles.tier-reached.v1'";

    public static string Prose() => "Read about mumbles. It pays.";

    public static string OwnSchema() => "select * from wobbles.wobble";
}

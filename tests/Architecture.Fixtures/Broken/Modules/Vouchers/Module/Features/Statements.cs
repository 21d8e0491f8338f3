using System.ComponentModel;

namespace Vouchers.Features;

/// <summary>SQL that reaches into Loyalty's schema, wherever a text can stand.</summary>
internal static class Statements
{
    public const string Constant = "select * from loyalty.tier";

    public static string InABody() => "UPDATE \"loyalty\".\"tier\" SET points = 0";

    public static string Brackets() => "DELETE FROM [loyalty].[tier]";

    public static string Interpolated(string table) => $"select id from loyalty.{table}";

    public static string InPieces(string table)
    {
        var schema = "loyalty";
        return "select id from " + schema + "." + table;
    }

    public static Func<Task<string>> InAnAsyncLambda() =>
        async () =>
        {
            await Task.Yield();
            return "insert into loyalty.tier values (1)";
        };

    [Description("select count(*) from loyalty.tier")]
    public static void InAnAttribute() { }

    public static void AsADefault(string sql = "drop table loyalty.tier") { }

    public static string AliasOfAnEvent() =>
        "select * from vouchers.outbox where type = 'loyalty.tier-reached.v1'";

    public static string Prose() => "Read about loyalty. It pays.";

    public static string OwnSchema() => "select * from vouchers.voucher";
}

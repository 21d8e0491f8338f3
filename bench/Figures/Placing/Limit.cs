using System.Text;
using Figures.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Figures.Placing;

/// <summary>
/// The most that this machine could do: a bare minimal API that reads the basket and inserts the rows that the host
/// inserts for an order, in one batch, so in one round trip and one transaction, and answers what the host answers.
/// It verifies, prices and checks nothing. Its tables are made after the host's, with the same indexes; its rows
/// after a row that the host wrote.
/// </summary>
internal static class Limit
{
    private const string Schema = "bare";

    private static readonly string[] Tables = ["order", "outbox", "idempotency_key"];
    private static readonly string[] Ids = ["Id", "Key", "EventId"];

    /// <summary>Makes the tables. The host has placed an order there before.</summary>
    public static Task CreateTablesAsync(string connectionString) =>
        Sql.ExecuteAsync(
            connectionString,
            $"CREATE SCHEMA {Schema}; "
                + string.Join(
                    "; ",
                    Tables.Select(table =>
                        $"CREATE TABLE {Schema}.\"{table}\" (LIKE orders.\"{table}\" INCLUDING ALL)"
                    )
                )
        );

    public static async Task ServeAsync(string connectionString, string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddSingleton(await Rows.LoadAsync(connectionString));
        await using var app = builder.Build();
        app.MapPost("/api/orders", PlaceAsync);
        await app.StartAsync();
        await BenchProcess.UnwantedAsync();
        await app.StopAsync();
    }

    private static async Task PlaceAsync(
        Basket basket,
        [FromHeader(Name = "Idempotency-Key")] string idempotencyKey,
        Rows rows,
        HttpContext http
    )
    {
        ArgumentNullException.ThrowIfNull(basket);
        await rows.InsertAsync(Guid.CreateVersion7(), idempotencyKey);
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(rows.Answer);
    }

    private sealed record Basket(
        Guid? StoreId,
        IReadOnlyList<Item>? Items,
        Place? Address,
        string? PaymentToken
    );

    private sealed record Item(Guid MenuItemId, int Quantity, IReadOnlyList<Guid> OptionIds);

    private sealed record Place(string Line, double Latitude, double Longitude);

    private sealed class Rows(NpgsqlDataSource source, IReadOnlyList<Row> rows, byte[] answer)
    {
        public byte[] Answer => answer;

        public static async Task<Rows> LoadAsync(string connectionString)
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString)
            {
                MaxAutoPrepare = 20,
                NoResetOnClose = true,
            };
            var rows = new List<Row>();
            foreach (var table in Tables)
            {
                var row = await Sql.RowAsync(
                    connectionString,
                    $"SELECT * FROM orders.\"{table}\" ORDER BY xmin::text::bigint DESC LIMIT 1"
                );
                rows.Add(Row.Like($"{Schema}.\"{table}\"", row));
            }
            var answer = await Sql.RowAsync(
                connectionString,
                "SELECT \"Answer\" FROM orders.idempotency_key LIMIT 1"
            );
            return new Rows(
                NpgsqlDataSource.Create(settings),
                rows,
                Encoding.UTF8.GetBytes((string)answer["Answer"])
            );
        }

        public async Task InsertAsync(Guid id, string key)
        {
            await using var batch = source.CreateBatch();
            foreach (var row in rows)
                batch.BatchCommands.Add(row.Insert(id, key));
            await batch.ExecuteNonQueryAsync();
        }
    }

    private sealed record Row(string Sql, string[] Columns, object[] Values)
    {
        public static Row Like(string table, IReadOnlyDictionary<string, object> row)
        {
            var columns = row.Keys.Where(column => column != "Position").ToArray();
            return new Row(
                Databases.Sql.Insert(table, columns),
                columns,
                [.. columns.Select(column => row[column])]
            );
        }

        public NpgsqlBatchCommand Insert(Guid id, string key)
        {
            var insert = new NpgsqlBatchCommand(Sql);
            for (var index = 0; index < Columns.Length; index++)
            {
                var value = Values[index];
                if (Columns[index] == "Key" && value is string)
                    value = key;
                else if (Ids.Contains(Columns[index]))
                    value = id;
                insert.Parameters.Add(new NpgsqlParameter { Value = value });
            }
            return insert;
        }
    }
}

using Microsoft.Data.Sqlite;

namespace Figures;

/// <summary>A module's database, read from outside: what is seen here is committed.</summary>
internal sealed class ModuleFile : IDisposable
{
    private readonly SqliteConnection _connection;

    public ModuleFile(string folder, string module)
    {
        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder, $"{module}.db"),
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString()
        );
        _connection.Open();
    }

    /// <summary>Prepares a question that is asked often.</summary>
    /// <param name="sql">It yields one number; <c>$order</c> is an order's id.</param>
    public Func<Guid, long> Ask(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        var order = command.Parameters.Add("$order", SqliteType.Text);
        return id =>
        {
            order.Value = id.ToString().ToUpperInvariant();
            return command.ExecuteScalar() is long number ? number : 0;
        };
    }

    public void Dispose() => _connection.Dispose();
}

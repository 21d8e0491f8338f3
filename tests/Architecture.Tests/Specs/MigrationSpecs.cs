using Architecture.Tests.Codebase;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Architecture.Tests.Specs;

/// <summary>What becomes of a model is made into a migration as the tool does it, on a table that has a row.</summary>
public sealed class MigrationSpecs
{
    private static readonly Dictionary<string, Action<ModelBuilder>> Kinds = new(StringComparer.Ordinal)
    {
        ["a column that may be missing"] = model => Book(model).Property<string?>("Subtitle"),
        ["a column with a default"] = model => Book(model).Property<int>("Pages").HasDefaultValue(1),
        ["a column that must be there"] = model => Book(model).Property<Guid>("Edition"),
        ["an index"] = model => Book(model).HasIndex("Author"),
        ["a unique index with a filter"] = model =>
            Book(model).HasIndex("Author").IsUnique().HasFilter("[Author] IS NOT NULL"),
        ["a table"] = model => model.Entity("Shelf").Property<Guid>("Id"),
        ["a table with a foreign key"] = model =>
        {
            model.Entity("Copy").Property<Guid>("Id");
            model.Entity("Copy").HasOne("Book", null).WithMany().HasForeignKey("BookId");
        },
        ["a table renamed"] = model => Book(model).ToTable("volume"),
        ["a column renamed"] = model => Book(model).Property<string>("Title").HasColumnName("Heading"),
        ["a column of an index renamed"] = model =>
            Book(model).Property<string>("Isbn").HasColumnName("Number"),
        ["an index renamed"] = model => Book(model).HasIndex("Isbn").HasDatabaseName("ByNumber"),
        ["a column made longer"] = model => Book(model).Property<string>("Title").HasMaxLength(400),
        ["a column made required"] = model => Book(model).Property<string>("Author").IsRequired(),
        ["a column of an index made longer"] = model => Book(model).Property<string>("Isbn").HasMaxLength(40),
        ["a column dropped"] = model => Book(model).Metadata.RemoveProperty("Author"),
        ["a column with a default dropped"] = model => Book(model).Metadata.RemoveProperty("Lent"),
        ["an index dropped"] = model =>
            Book(model).Metadata.RemoveIndex(Book(model).HasIndex("Isbn").Metadata),
        ["a table dropped"] = model => model.Model.RemoveEntityType("Card"),
        ["a check"] = model =>
            Book(model).ToTable(table => table.HasCheckConstraint("CK_book_Title", "[Title] <> ''")),
    };

    public static TheoryData<string> NamesOfKinds => [.. Kinds.Keys];

    [Theory]
    [Trait("Fault", "G2")]
    [MemberData(nameof(NamesOfKinds))]
    public void A_second_migration_of_a_common_kind_is_accepted_for_SQL_Server(string kind)
    {
        using var before = Library.OnSqlServer(_ => { });
        using var after = Library.OnSqlServer(Kinds[kind]);
        MigrationScripts
            .Failures([new("first", Script(null, before)), new("second", Script(before, after))])
            .ShouldBeEmpty();
    }

    [Theory]
    [Trait("Fault", "G2")]
    [MemberData(nameof(NamesOfKinds))]
    public void A_second_migration_of_a_common_kind_runs_on_SQLite(string kind)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var before = Library.OnSqlite(connection, _ => { });
        using var after = Library.OnSqlite(connection, Kinds[kind]);
        before.Database.ExecuteSqlRaw(Script(null, before));
        before.Database.ExecuteSqlRaw(
            "INSERT INTO book (Id, Title, Isbn, Author, Lent) VALUES ('1', 'A', '2', 'B', 0)"
        );
        after.Database.ExecuteSqlRaw(Script(before, after));
        var table = after.Model.FindEntityType("Book")!.GetTableName();
        using var count = connection.CreateCommand();
        count.CommandText = $"SELECT count(*) FROM {table}";
        count.ExecuteScalar().ShouldBe(1L);
    }

    [Theory]
    [Trait("Fault", "G2")]
    [InlineData(
        "ALTER TABLE [library].[loan] ADD [Due] int NULL",
        "adds to library.loan, which is not there."
    )]
    [InlineData(
        "ALTER TABLE [library].[book] ADD [Due] int NOT NULL",
        "adds library.book.Due, which must have a value and says none for the rows that are there; give it a default."
    )]
    [InlineData(
        "ALTER TABLE [library].[book] ADD [Title] int NULL",
        "adds library.book.Title, which is there."
    )]
    [InlineData(
        "ALTER TABLE [library].[book] DROP COLUMN [Due]",
        "is about library.book.Due, which is not there."
    )]
    [InlineData("ALTER TABLE [library].[book] DROP COLUMN [Isbn]", "IX_book_Isbn")]
    [InlineData(
        "DROP INDEX [IX_Due] ON [library].[book]",
        "is about index IX_Due of library.book, which is not there."
    )]
    [InlineData("CREATE INDEX [IX_Due] ON [library].[book] ([Due])", "[Due]")]
    [InlineData("DROP TABLE [library].[loan]", "drops library.loan, which is not there.")]
    [InlineData(
        "EXEC sp_rename N'[library].[loan]', N'lent', 'OBJECT'",
        "renames [library].[loan] of library.loan, which is not there."
    )]
    [InlineData("UPDATE [library].[book] SET [Due] = 1", "[Due]")]
    [InlineData("ALTER TABLE [library].[book] ADD [Due] integral NULL", "integral")]
    [InlineData("ALTER TABLE [library].[book] ADD Due", "line 1")]
    [InlineData("CREATE VIEW [library].[books] AS SELECT 1 AS One", "CreateViewStatement")]
    public void A_migration_that_SQL_Server_would_refuse_is_named_with_its_reason(string text, string reason)
    {
        using var library = Library.OnSqlServer(_ => { });
        var failures = MigrationScripts.Failures([new("first", Script(null, library)), new("second", text)]);
        failures.ShouldAllBe(failure => failure.StartsWith("second: ", StringComparison.Ordinal));
        failures.ShouldContain(failure => failure.Contains(reason, StringComparison.Ordinal));
    }

    private static EntityTypeBuilder Book(ModelBuilder model) => model.Entity("Book");

    private static string Script(Library? before, Library after)
    {
        var target = ModelOf(after);
        var operations = after
            .GetService<IMigrationsModelDiffer>()
            .GetDifferences(
                before is null ? null : ModelOf(before).GetRelationalModel(),
                target.GetRelationalModel()
            );
        var commands = after.GetService<IMigrationsSqlGenerator>().Generate(operations, target);
        var separator = after.Database.IsSqlite() ? "\n" : "\nGO\n";
        return string.Join(separator, commands.Select(command => command.CommandText));
    }

    private static IModel ModelOf(Library library) => library.GetService<IDesignTimeModel>().Model;

    private sealed class Library(DbContextOptions options, Action<ModelBuilder> change) : DbContext(options)
    {
        public static Library OnSqlServer(Action<ModelBuilder> change) =>
            new(Options().UseSqlServer("Server=nowhere").Options, change);

        public static Library OnSqlite(SqliteConnection connection, Action<ModelBuilder> change) =>
            new(Options().UseSqlite(connection).Options, change);

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasDefaultSchema("library");
            modelBuilder.Entity(
                "Book",
                book =>
                {
                    book.ToTable("book");
                    book.Property<Guid>("Id");
                    book.Property<string>("Title").HasMaxLength(200);
                    book.Property<string>("Isbn").HasMaxLength(20);
                    book.Property<string?>("Author").HasMaxLength(200);
                    book.Property<bool>("Lent").HasDefaultValue(false);
                    book.HasIndex("Isbn").IsUnique();
                }
            );
            modelBuilder.Entity("Card").Property<Guid>("Id");
            change(modelBuilder);
        }

        /// <summary>Each has a model of its own, which is not kept.</summary>
        private static DbContextOptionsBuilder Options() =>
            new DbContextOptionsBuilder().EnableServiceProviderCaching(false);
    }
}

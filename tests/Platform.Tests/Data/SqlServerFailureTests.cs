using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Tests.Data;

/// <summary>What of SQL Server's failures is waited for, and what is the statement's own.</summary>
public sealed class SqlServerFailureTests
{
    [Theory]
    [Trait("Fault", "Q1")]
    [InlineData(0, 20, "a connection that is closed while logging in, a server that is killed")]
    [InlineData(-2, 11, "a time-out")]
    [InlineData(4060, 11, "a database that cannot be opened")]
    [InlineData(18456, 14, "a login that is refused")]
    [InlineData(229, 14, "a right that is lacking")]
    [InlineData(3906, 16, "a server that only reads")]
    [InlineData(9002, 17, "a log that is full")]
    [InlineData(823, 24, "a disk that fails")]
    [InlineData(10928, 20, "a limit of the cloud's")]
    [InlineData(40613, 17, "a database of the cloud's that moves")]
    [InlineData(49918, 16, "a cloud that is busy")]
    [InlineData(64, 20, "a network that breaks")]
    [InlineData(8651, 17, "memory that is short")]
    [InlineData(617, 16, "what is moved at this moment")]
    public void What_is_the_servers_or_the_networks_is_waited_for(int number, byte severity, string what)
    {
        var failure = SqlFailures.Of(number, severity);

        DatabaseFailure.IsUnreachable(failure).ShouldBeTrue(what);
        DatabaseFailure.IsUnreachable(new DbUpdateException("Not saved.", failure)).ShouldBeTrue(what);
        DatabaseFailure.IsDuplicate(failure).ShouldBeFalse(what);
    }

    [Theory]
    [Trait("Fault", "Q1")]
    [InlineData(1205, 13, "the victim of a deadlock")]
    [InlineData(3960, 16, "a row that another was first at")]
    [InlineData(1222, 16, "a lock that was waited for too long")]
    [InlineData(2627, 14, "a key that is taken")]
    [InlineData(2601, 14, "a unique value that is taken")]
    [InlineData(547, 16, "a reference to nothing")]
    [InlineData(8152, 16, "a text that is too long")]
    [InlineData(208, 16, "a table that is not there")]
    [InlineData(207, 16, "a column that is not there")]
    public void What_is_the_statements_own_or_a_race_is_not(int number, byte severity, string what) =>
        DatabaseFailure.IsUnreachable(SqlFailures.Of(number, severity)).ShouldBeFalse(what);

    [Fact]
    [Trait("Fault", "Q1")]
    public void Races_and_locked_rows_are_told_apart()
    {
        DatabaseFailure.IsLostRace(SqlFailures.Of(1205, 13)).ShouldBeTrue();
        DatabaseFailure.IsLostRace(SqlFailures.Of(3960)).ShouldBeTrue();
        DatabaseFailure.IsRowLocked(SqlFailures.Of(1222)).ShouldBeTrue();
        DatabaseFailure.IsLostRace(SqlFailures.Of(1222)).ShouldBeFalse();
    }

    /// <summary>The pool that is exhausted, and whatever else a client has for not opening.</summary>
    [Fact]
    [Trait("Fault", "Q1")]
    public void Whatever_keeps_a_connection_from_being_opened_is_waited_for()
    {
        var exhausted = new InvalidOperationException("Timeout expired. All pooled connections were in use.");

        DatabaseFailure.IsUnreachable(exhausted).ShouldBeFalse();
        DatabaseFailure.IsUnreachable(FailureToOpen.Noted(exhausted)).ShouldBeTrue();
    }

    [Fact]
    [Trait("Fault", "S7")]
    public void The_outboxs_own_key_is_never_a_lost_race()
    {
        var taken = SqlFailures.Of(
            2627,
            14,
            "Violation of PRIMARY KEY constraint 'PK_outbox'. Cannot insert duplicate key in object 'orders.outbox'."
        );

        DatabaseFailure.IsOutboxBehind(taken).ShouldBeTrue();
        DatabaseFailure.IsDuplicate(taken).ShouldBeFalse();
        DatabaseFailure.IsUnreachable(taken).ShouldBeTrue();
    }
}

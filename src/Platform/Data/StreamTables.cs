using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Homes;
using Platform.Streams;

namespace Platform.Data;

/// <summary>The tables that every module's schema has beside its own.</summary>
internal static class StreamTables
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<OutboxRow>(outbox =>
        {
            outbox.ToTable("outbox");
            outbox.HasKey(row => row.Position);
            outbox.Property(row => row.Position).ValueGeneratedOnAdd();
            outbox.Property(row => row.Type).HasMaxLength(200);
            outbox.Property(row => row.TraceParent).HasMaxLength(100);
        });
        model.Entity<OwnStream>(stream =>
        {
            stream.ToTable("stream");
            stream.HasKey(row => row.Stream);
            stream.Property(row => row.Stream).HasMaxLength(100);
            stream.Property(row => row.Origin).HasMaxLength(600);
        });
        model.Entity<StreamDecision>(decision =>
        {
            decision.ToTable("stream_decision");
            decision.HasKey(row => row.Id);
            decision.Property(row => row.Id).ValueGeneratedNever();
            decision.Property(row => row.Stream).HasMaxLength(100);
            decision.Property(row => row.Reason).HasMaxLength(500);
            decision.Property(row => row.Difference).HasMaxLength(500);
        });
        model.Entity<Cursor>(cursor =>
        {
            cursor.ToTable("cursor");
            cursor.HasKey(row => row.Stream);
            cursor.Property(row => row.Stream).HasMaxLength(100);
            cursor.Property(row => row.Position).IsConcurrencyToken();
            cursor.Property(row => row.Replays).IsConcurrencyToken();
            cursor.Ignore(row => row.Place);
        });
        model.Entity<DeadLetter>(letter =>
        {
            letter.ToTable("dead_letter");
            letter.HasKey(row => row.Id);
            letter.Property(row => row.Id).ValueGeneratedNever();
            letter.Property(row => row.Stream).HasMaxLength(100);
            letter.Property(row => row.Type).HasMaxLength(200);
            letter.Property(row => row.TraceParent).HasMaxLength(100);
            letter.Property(row => row.Attempts).IsConcurrencyToken();
            letter.HasIndex(row => new { row.Stream, row.EventId }).IsUnique();
        });
        model.Entity<Home>(home =>
        {
            home.ToTable(HomeTables.Home);
            home.HasKey(row => row.Stream);
            home.Property(row => row.Stream).HasMaxLength(100);
            home.Property(row => row.Name).HasMaxLength(HomeName.Longest);
            home.Property(row => row.Address).HasMaxLength(Home.LongestAddress);
            home.Property(row => row.NextName).HasMaxLength(HomeName.Longest);
            home.Property(row => row.NextAddress).HasMaxLength(Home.LongestAddress);
            home.Property(row => row.FormerName).HasMaxLength(HomeName.Longest);
            home.Property(row => row.FormerAddress).HasMaxLength(Home.LongestAddress);
            home.Property(row => row.Trouble).HasMaxLength(Home.LongestTrouble);
            home.Property(row => row.Progress).HasMaxLength(Home.LongestProgress);
        });
        model.Entity<Presence>(presence =>
        {
            presence.ToTable(HomeTables.Presence);
            presence.HasKey(row => row.Id);
            presence.Property(row => row.Id).ValueGeneratedNever();
            presence.Property(row => row.Name).HasMaxLength(HomeName.Longest);
            presence.Property(row => row.Trouble).HasMaxLength(Home.LongestTrouble);
        });
        model.Entity<AuditEntry>(audit =>
        {
            audit.ToTable(HomeTables.Audit);
            audit.HasKey(row => row.Id);
            audit.Property(row => row.Id).ValueGeneratedNever();
            audit.Property(row => row.Act).HasMaxLength(40);
            audit.Property(row => row.Detail).HasMaxLength(AuditEntry.LongestDetail);
            audit.HasIndex(row => row.At);
        });
        model.Entity<IdempotencyRecord>(record =>
        {
            record.ToTable("idempotency_key");
            record.HasKey(row => new { row.CallerId, row.Key });
            record.Property(row => row.Key).HasMaxLength(200);
            record.Property(row => row.Fingerprint).HasMaxLength(64).IsFixedLength();
            record.HasIndex(row => row.CreatedAt);
        });
    }
}

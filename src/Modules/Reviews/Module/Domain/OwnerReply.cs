namespace Reviews.Domain;

/// <summary>The store's one answer under a review.</summary>
internal sealed class OwnerReply
{
    private OwnerReply() { }

    public string Text { get; private set; } = "";

    public DateTimeOffset RepliedAt { get; private set; }

    public DateTimeOffset? EditedAt { get; private set; }

    public static OwnerReply Write(string text, DateTimeOffset now) => new() { Text = text, RepliedAt = now };

    public void Edit(string text, DateTimeOffset now) => (Text, EditedAt) = (text, now);
}

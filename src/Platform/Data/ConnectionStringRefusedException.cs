namespace Platform.Data;

/// <summary>A connection string can be read and is not one to work with; the message says why and what to do.</summary>
internal sealed class ConnectionStringRefusedException(string reason) : Exception(reason);

namespace Vireo.Driver;

/// <summary>An event and the messages that carry it; the record's constructor parameters are the message, in order.</summary>
/// <param name="id">Its number within its family, which clients register for.</param>
/// <param name="procedure">The message that starts with a callback id; 0 if there is none.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventAttribute(int id, int procedure) : Attribute
{
    /// <summary>The event's number within its family.</summary>
    public int Id { get; } = id;

    /// <summary>The message for clients that know callback ids.</summary>
    public int Procedure { get; } = procedure;

    /// <summary>The program that the messages are of.</summary>
    public WireProgram Program { get; set; }

    /// <summary>The release of libvirt that has it, if later than 9.0.0: clients may hear it, we do not raise it.</summary>
    public string? Since { get; set; }

    /// <summary>The message without a callback id, for older clients; 0 if there is none.</summary>
    public int Older { get; set; }
}

/// <summary>This member is not in the message for older clients.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NotInOlderAttribute : Attribute;

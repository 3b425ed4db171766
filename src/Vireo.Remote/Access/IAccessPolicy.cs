using Vireo.Driver;

namespace Vireo.Remote.Access;

/// <summary>
/// Decides what a caller may do. Null in place of a policy allows everything; the read-only flag of a connection is
/// checked before, always.
/// </summary>
public interface IAccessPolicy
{
    /// <summary>Its name in the message of a refusal.</summary>
    string Name { get; }

    /// <summary>Whether this caller holds this right, on this object where there is one already.</summary>
    bool Allows(in AccessQuestion question);
}

/// <summary>A right that is asked for.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Driver">The driver's type.</param>
/// <param name="Right">A value of one of the enums of rights.</param>
/// <param name="Subject">The ref of the object, or null: the right is on the connection, or the object does not exist yet.</param>
public readonly record struct AccessQuestion(Caller Caller, string Driver, Enum Right, object? Subject);

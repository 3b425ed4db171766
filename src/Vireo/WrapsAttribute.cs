namespace Vireo;

/// <summary>The class stands for objects that a driver names by a reference; its operations are those of the capability interfaces that begin with one.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class WrapsAttribute(Type reference) : Attribute
{
    /// <summary>The reference.</summary>
    public Type Reference { get; } = reference;

    /// <summary>Beginnings of INTERFACE.METHOD of operations that are not for callers, or have another name here, separated by blanks.</summary>
    public string Without { get; init; } = "";

    /// <summary>The beginning of the names of interfaces whose operations take the object's name instead.</summary>
    public string? ByName { get; init; }
}

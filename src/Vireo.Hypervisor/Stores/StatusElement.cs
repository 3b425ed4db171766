namespace Vireo.Hypervisor.Stores;

/// <summary>An element of a status file that is a driver's own, as it is written.</summary>
/// <param name="Text">The element.</param>
public sealed record StatusElement(string Text)
{
    /// <summary>Its name, with the prefix.</summary>
    public string Name => Text[1..Text.AsSpan().IndexOfAny(" />\n")];
}

namespace Vireo.Core.Xml;

/// <summary>
/// The guest sees this member: two definitions of one machine may not differ in it while the machine runs, is saved, or moves to another host.
/// On a union it says what to report when two different cases meet; on one of its cases, that the case is compared by its <c>ToAbi()</c>, written by hand.
/// A record without marked members is compared as a whole.
/// </summary>
/// <param name="what">
/// What libvirt calls it: "disk bus" stands for its text "Target disk bus {0} does not match source {1}". Null where <see cref="Text"/> says it, or where the
/// members inside report the difference.
/// </param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class AbiAttribute(string? what = null) : Attribute
{
    /// <summary>What libvirt calls it.</summary>
    public string? What { get; } = what;

    /// <summary>libvirt has the values in quotes.</summary>
    public bool Quoted { get; init; }

    /// <summary>
    /// libvirt's text where it is not the usual one: <c>{0}</c> is the value of the new definition (the target), <c>{1}</c> that of the old one (the source). For a
    /// list it is about the number of elements.
    /// </summary>
    public string? Text { get; init; }
}

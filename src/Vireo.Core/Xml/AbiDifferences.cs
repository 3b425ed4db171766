using System.Globalization;

namespace Vireo.Core.Xml;

/// <summary>In what two definitions of one machine differ for the guest, in libvirt's words and in the order of the document.</summary>
public sealed class AbiDifferences
{
    readonly List<string> all = [];

    /// <summary>The differences; empty if a guest cannot tell one definition from the other.</summary>
    public IReadOnlyList<string> All => all;

    /// <summary>Reports a difference.</summary>
    /// <param name="text">libvirt's text; <c>{0}</c> is replaced by <paramref name="target"/>, <c>{1}</c> by <paramref name="source"/>.</param>
    /// <param name="target">The value in the new definition.</param>
    /// <param name="source">The value in the old one.</param>
    public void Add(string text, object? target = null, object? source = null) =>
        all.Add(text.Replace("{0}", Show(target), StringComparison.Ordinal).Replace("{1}", Show(source), StringComparison.Ordinal));

    static string Show(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

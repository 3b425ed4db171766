using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Rules;

/// <summary>Something that is wrong with a document.</summary>
/// <param name="Code">libvirt's number.</param>
/// <param name="Domain">The part of libvirt that says so.</param>
/// <param name="Text">libvirt's text; empty: the code's own.</param>
/// <param name="Element">What it is about.</param>
public sealed record Finding(ErrorCode Code, ErrorDomain Domain, string Text, object Element);

/// <summary>Everything that rules found, in the order they looked.</summary>
/// <param name="from">The part of libvirt that complains about such documents.</param>
public sealed class Findings(ErrorDomain from = ErrorDomain.Domain)
{
    readonly List<Finding> all = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<Finding> All => all;

    /// <summary>The document contradicts itself: "XML error: TEXT".</summary>
    public void Wrong(object element, string text) => Add(element, ErrorCode.XmlError, text);

    /// <summary>What is asked for does not exist: "unsupported configuration: TEXT".</summary>
    public void Unsupported(object element, string text) => Add(element, ErrorCode.ConfigUnsupported, text);

    /// <summary>Whatever has another code.</summary>
    public void Add(object element, ErrorCode code, string text, ErrorDomain? domain = null) =>
        all.Add(new Finding(code, domain ?? from, text, element));

    /// <summary>Throws the first finding, with its place if <paramref name="positions"/> knows it.</summary>
    public void ThrowFirst(XmlPositions? positions = null)
    {
        if (all.Count > 0)
            throw XmlInput.At(all[0].Code, all[0].Domain, all[0].Text, positions?.Find(all[0].Element));
    }
}

/// <summary>Rules about one kind of element, whatever the hypervisor.</summary>
public interface IRules<in T, in TDocument>
{
    /// <summary>Adds what is wrong with <paramref name="element"/> inside <paramref name="document"/>.</summary>
    static abstract void Check(T element, TDocument document, Findings found);
}

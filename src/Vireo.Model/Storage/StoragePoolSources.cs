using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Storage;

/// <summary>What a host offers for pools: the <c>&lt;sources&gt;</c> document that discovery answers with.</summary>
[Element("sources", Block = true)]
public sealed partial record StoragePoolSources
{
    [Child("source")] public ValueList<StoragePoolSource> Sources { get; init; }

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    public static StoragePoolSources Parse(string xml) => XmlInput.Document(
        xml, "sources", new XmlInputOptions("storage_sources", From: ErrorDomain.Storage), ReadXml);

    /// <summary>Reads what a search is narrowed by: a <c>&lt;source&gt;</c> alone.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="kind">The kind of pools that are looked for; null: there is none of that name.</param>
    /// <exception cref="VireoException">It is malformed, or lacks what the kind needs.</exception>
    public static StoragePoolSource ParseOne(string xml, StoragePoolKind? kind) => XmlInput.Document(
        xml, "source", new XmlInputOptions("storage_source_specification", From: ErrorDomain.Storage), x =>
        {
            if (kind is null)
                throw VireoException.Internal(ErrorDomain.Storage, "missing backend for pool type -1");
            StoragePoolSource source = StoragePoolSource.ReadXml(x);
            return kind.Type is StoragePoolType.Rbd && source.Name is null
                ? throw new VireoException(ErrorCode.XmlError, ErrorDomain.Storage, "element 'name' is mandatory for RBD pool") : source;
        });

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

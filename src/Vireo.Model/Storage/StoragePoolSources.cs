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

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

using System.Text;
using System.Xml;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Title, description and what other programs keep in a definition.</summary>
sealed class DomainMetadata(QemuConnection connection) : IDomainMetadata
{
    public ValueTask<string> GetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? uri, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "virDomainObjGetMetadata");
        var def = DomainNumbers.Choose(connection.Get(domain).Snapshot,
            flags.HasFlag(DomainModificationImpact.Live), flags.HasFlag(DomainModificationImpact.Config));
        return new(type switch
        {
            DomainMetadataType.Description => def.Description,
            DomainMetadataType.Title => def.Title,
            _ => Children(def.Metadata).FirstOrDefault(c => c.Namespace == uri)?.Text,
        } ?? throw new VireoException(ErrorCode.NoDomainMetadata, ErrorDomain.Domain, "Requested metadata element is not present"));
    }

    public async ValueTask SetMetadataAsync(
        DomainRef domain, DomainMetadataType type, string? metadata, string? key, string? uri, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "virDomainObjSetMetadata");
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainSetMetadata"), cancel).ConfigureAwait(false);
        var now = job.Snapshot;
        bool live = flags.HasFlag(DomainModificationImpact.Live) || (flags == 0 && now.IsActive);
        bool config = flags.HasFlag(DomainModificationImpact.Config) || (flags == 0 && !now.IsActive);
        if (live && !now.IsActive) throw MachineErrors.NotRunning(ErrorDomain.Qemu);
        if (config && !now.IsPersistent) throw QemuErrors.Invalid("transient domains do not have any persistent config");
        if (config)
        {
            var changed = Change(now.Persistent!, type, metadata, key, uri);
            connection.Keeper.Definitions.Save(now.Name, now.Uuid, changed.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
            machine.Commit(s => s with { Persistent = changed });
        }
        if (live)
        {
            machine.Commit(s => s.Live is { } def ? s with { Live = Change(def, type, metadata, key, uri) } : s);
            connection.Keeper.Save(machine);
        }
        machine.Raise(new DomainMetadataChangeEvent(machine.Snapshot.Ref, type, type == DomainMetadataType.Element ? uri : null));
    }

    static DomainDef Change(DomainDef def, DomainMetadataType type, string? value, string? key, string? uri) => type switch
    {
        DomainMetadataType.Description => def with { Description = string.IsNullOrEmpty(value) ? null : value },
        DomainMetadataType.Title => def with { Title = string.IsNullOrEmpty(value) ? null : value },
        _ => def with { Metadata = Replace(def.Metadata, value, key, uri) },
    };

    static XmlFragment? Replace(XmlFragment? metadata, string? value, string? key, string? uri)
    {
        var kept = Children(metadata).Where(c => c.Namespace != uri).Select(c => c.Text).ToList();
        if (value is not null) kept.Add(WithNamespace(value, key, uri));
        return kept.Count == 0 ? null : XmlFragment.Parse($"<metadata>{string.Concat(kept)}</metadata>");
    }

    // The caller's element gets the namespace it is to be found by.
    static string WithNamespace(string value, string? key, string? uri)
    {
        using var reader = XmlReader.Create(new StringReader(value), Settings);
        reader.MoveToContent();
        if (reader.NamespaceURI == uri) return reader.ReadOuterXml();
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement(key, reader.LocalName, uri);
            writer.WriteAttributes(reader, defattr: false);
            bool empty = reader.IsEmptyElement;
            if (!empty)
            {
                reader.Read();
                while (reader.NodeType != XmlNodeType.EndElement) writer.WriteNode(reader, defattr: false);
            }
            writer.WriteEndElement();
        }
        return text.ToString();
    }

    static List<XmlFragment> Children(XmlFragment? metadata)
    {
        var found = new List<XmlFragment>();
        if (metadata is null) return found;
        using var reader = XmlReader.Create(new StringReader(metadata.Text), Settings);
        reader.MoveToContent();
        if (reader.IsEmptyElement) return found;
        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element) found.Add(new XmlFragment(reader.Name, reader.NamespaceURI, reader.ReadOuterXml()));
            else reader.Read();
        }
        return found;
    }

    static XmlReaderSettings Settings => new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
}

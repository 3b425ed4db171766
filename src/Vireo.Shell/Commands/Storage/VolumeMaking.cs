using System.Xml;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Shell.Commands.Domains;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Storage;

/// <summary>Making volumes: of a document, of options, of another volume.</summary>
static class VolumeMaking
{
    static readonly OptionDef allocateMetadata = OptionDef.Flag("prealloc-metadata", "make room for metadata at once"), reflink = OptionDef.Flag("reflink", "share blocks until they are written to"),
        validate = OptionDef.Flag("validate", "check the XML against the schema"), file = OptionDef.Data("file", "file with the volume's XML");

    public static CommandDef[] All { get; } =
    [
        new("vol-clone", "make a volume like another", Clone, OptionDef.Data("vol", "name, key or path of the original"), OptionDef.Data("newname", "name of the new one"),
            VolumeLookup.OfPool, allocateMetadata, reflink, OptionDef.Flag("print-xml", "print the XML, and do nothing"))
        {
            Description = "Copies a volume in its pool.",
        },
        new("vol-create-as", "make a volume from options", CreateAs, PoolCommands.Pool, OptionDef.Data("name", "name of the volume"), OptionDef.Data("capacity", "how large it is, with a unit"),
            OptionDef.Text("allocation", "how much of that it takes at once"), OptionDef.Text("format", "format of the file"), OptionDef.Text("backing-vol", "the volume below"),
            OptionDef.Text("backing-vol-format", "its format"), allocateMetadata, OptionDef.Flag("print-xml", "print the XML, and do nothing"))
        {
            Description = "Makes a volume in a pool.",
        },
        new("vol-create", "make a volume from XML", Create, PoolCommands.Pool, file, allocateMetadata, validate) { Description = "Makes a volume in a pool." },
        new("vol-create-from", "make a volume from XML and fill it from another", CreateFrom, PoolCommands.Pool, file, OptionDef.Data("vol", "name, key or path of the original"),
            OptionDef.Text("inputpool", "name or uuid of the original's pool"), allocateMetadata, reflink, validate)
        {
            Description = "Makes a volume with the content of another.",
        },
    ];

    static StorageVolumeCreateFlags Flags(CommandCall call) => (call.Has("prealloc-metadata") ? StorageVolumeCreateFlags.PreallocMetadata : 0)
        | (call.Has("reflink") ? StorageVolumeCreateFlags.Reflink : 0) | (call.Has("validate") ? StorageVolumeCreateFlags.Validate : 0);

    static async ValueTask<bool> Create(ShellSession shell, CommandCall call)
    {
        StoragePoolRef pool = await shell.FindPoolAsync(call);
        string path = call.Needed("file"), xml = DefinitionCommands.ReadFile(path);
        StorageVolumeRef made = await Attempt.To($"Failed to create vol from {path}", () =>
            shell.Calls.Write<IStorageVolumes>("virStorageVolCreateXML").CreateAsync(pool, xml, Flags(call), default));
        shell.Out.Extra($"Vol {made.Name} created from {path}\n");
        return true;
    }

    static async ValueTask<bool> CreateFrom(ShellSession shell, CommandCall call)
    {
        StoragePoolRef pool = await shell.FindPoolAsync(call);
        string path = call.Needed("file");
        StorageVolumeRef original = await shell.FindVolumeAsync(call, "inputpool");
        string xml = DefinitionCommands.ReadFile(path);
        StorageVolumeRef made = await Attempt.To($"Failed to create vol from {path}", () =>
            shell.Calls.Write<IStorageVolumes>("virStorageVolCreateXMLFrom").CreateFromAsync(pool, xml, original, Flags(call), default));
        shell.Out.Extra($"Vol {made.Name} created from input vol {original.Name}\n");
        return true;
    }

    static async ValueTask<bool> CreateAs(ShellSession shell, CommandCall call)
    {
        StoragePoolRef pool = await shell.FindPoolAsync(call);
        string name = call.Needed("name");
        ulong capacity = Sizes.Needed(call.Needed("capacity"));
        ulong? allocation = call.Text("allocation") is { } text ? Sizes.Needed(text) : null;
        var o = new XmlOutput(new XmlOutputOptions());
        o.Open("volume");
        o.TextElement("name", name);
        o.TextElement("capacity", $"{capacity}");
        o.TextElement("allocation", allocation is { } room ? $"{room}" : null);
        Format(o, "target", call.Text("format"));
        if (call.Text("backing-vol") is { } below)
        {
            StorageVolumeRef found = await VolumeLookup.FindAsync(shell, pool, below, $"failed to get vol '{below}'");
            o.Open("backingStore");
            o.TextElement("path", await shell.Calls.Read<IStorageVolumeInfo>("virStorageVolGetPath").GetPathAsync(found, default));
            Format(o, null, call.Text("backing-vol-format"));
            o.Close("backingStore");
        }
        o.Close("volume");
        string xml = o.ToString();
        if (call.Has("print-xml"))
        {
            shell.Out.Print(xml);
            return true;
        }
        StorageVolumeRef made = await Attempt.To($"Failed to create vol {name}", () =>
            shell.Calls.Write<IStorageVolumes>("virStorageVolCreateXML").CreateAsync(pool, xml, Flags(call), default));
        shell.Out.Extra($"Vol {made.Name} created\n");
        return true;
    }

    static void Format(XmlOutput o, string? parent, string? format)
    {
        if (format is null)
            return;
        if (parent is not null)
            o.Open(parent);
        o.Open("format");
        o.Attribute("type", format);
        o.Close("format");
        if (parent is not null)
            o.Close(parent);
    }

    static async ValueTask<bool> Clone(ShellSession shell, CommandCall call)
    {
        StorageVolumeRef original = await shell.FindVolumeAsync(call);
        StoragePoolRef pool = await Attempt.To("failed to get parent pool", () =>
            shell.Calls.Read<IStoragePoolLookup>("virStoragePoolLookupByVolume").LookupByVolumeAsync(original, default));
        string xml = Renamed(await shell.Calls.Read<IStorageVolumeInfo>("virStorageVolGetXMLDesc").GetXmlAsync(original, 0, default), call.Needed("newname"));
        if (call.Has("print-xml"))
        {
            shell.Out.Print(xml);
            return true;
        }
        StorageVolumeRef made = await Attempt.To($"Failed to clone vol from {original.Name}", () =>
            shell.Calls.Write<IStorageVolumes>("virStorageVolCreateXMLFrom").CreateFromAsync(pool, xml, original, Flags(call), default));
        shell.Out.Extra($"Vol {made.Name} cloned from {original.Name}\n");
        return true;
    }

    /// <summary>A volume's document with another name; everything else stays as it stands there.</summary>
    static string Renamed(string xml, string name)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using (var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit }))
            document.Load(reader);
        if (document.SelectSingleNode("/volume/name") is { } written)
            written.InnerText = name;
        return document.OuterXml.Replace(" />", "/>", StringComparison.Ordinal).TrimEnd('\n');
    }
}

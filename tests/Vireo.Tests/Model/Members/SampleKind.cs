using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Drivers.Qemu.Facts.Cache;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Save;
using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Backup;
using Vireo.Model.Capabilities;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Interfaces;
using Vireo.Model.Network;
using Vireo.Model.NodeDevice;
using Vireo.Model.NwFilter;
using Vireo.Model.Secret;
using Vireo.Model.Snapshot;
using Vireo.Model.Storage;

namespace Vireo.Tests.Model.Members;

/// <summary>A kind of documents with samples under <c>Model/data/NAME</c>.</summary>
sealed record SampleKind(string Name, Type Type, Func<string, object> Read, Func<object, string> Write)
{
    static readonly CookieReader Reader = new("sample", Known("c7a5fdbd-edaf-9455-926a-d65c16db1809"), Known("00000000-0000-0000-0000-000000000001"));

    public static IReadOnlyList<SampleKind> All { get; } =
    [
        Of("domain", static x => DomainDef.Parse(x, DomainParse.Status), static d => d.ToXml(DomainFormat.Secure | DomainFormat.Status)),
        Of("status", DomainStatus.Parse, static d => d.ToXml()),
        Of("imagestatus", static x => SourcePrivateData.Of(XmlFragment.Parse(x)), static d => Xml(o => d.WriteXml(o))),
        Of("snapshot", static x => SnapshotDef.Parse(x, SnapshotParse.Redefine | SnapshotParse.Internal), static d => d.ToXml(DomainFormat.Secure)),
        Of("checkpoint", static x => CheckpointDef.Parse(x, redefine: true), static d => d.ToXml(DomainFormat.Secure)),
        Of("backup", static x => BackupDef.Parse(x, own: true), static d => d.ToXml()),
        Of("savecookie", SaveCookie.Parse, static d => d.ToXml()),
        Of("migrationcookie", static x => MigrationCookie.Parse(x, CookieParts.All, Reader), static d => d.ToXml()),
        Of("capabilitycache", CapabilityCache.Parse, static d => d.ToXml()),
        Of("network", static x => NetworkDef.Parse(x, inactive: false), static d => d.ToXml()),
        Of("networkport", static x => NetworkPortDef.Parse(x), static d => d.ToXml()),
        Of("interface", static x => InterfaceDef.Parse(x), static d => d.ToXml()),
        Of("storagepool", static x => Live(x, StoragePoolDef.ReadXml), static d => d.ToXml()),
        Of("storagevol", static x => Live(x, StorageVolumeDef.ReadXml), static d => d.ToXml()),
        Of("storagesources", StoragePoolSources.Parse, static d => d.ToXml()),
        Of("storagepoolcaps", StoragePoolCapabilities.Parse, static d => d.ToXml()),
        Of("domaincaps", DomainCapabilities.Parse, static d => d.ToXml()),
        Of("capability", CapabilitiesDef.Parse, static d => d.ToXml()),
        Of("nodedev", static x => Live(x, NodeDeviceDef.ReadXml), static d => d.ToXml()),
        Of("nwfilter", static x => FilterDef.Parse(x), static d => d.ToXml()),
        Of("nwfilterbinding", static x => FilterBindingDef.Parse(x), static d => d.ToXml()),
        Of("secret", static x => SecretDef.Parse(x), static d => d.ToXml()),
        Of("hostcpu", HostCpuElement.Read, static d => Xml(o => d.WriteXml(o))),
        Of("cpu", CpuDef.Parse, static d => Xml(o => d.WriteXml(o))),
    ];

    public string Folder => Path.Combine(AppContext.BaseDirectory, "Model", "data", Name);

    public IEnumerable<string> Files => (Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*.xml") : []).Order(StringComparer.Ordinal);

    public static SampleKind Find(string name) => All.Single(kind => kind.Name == name);

    static SampleKind Of<T>(string name, Func<string, T> read, Func<T, string> write) where T : notnull =>
        new(name, typeof(T), text => read(text), one => write((T)one));

    /// <summary>With what libvirt measures and a parser of definitions passes over.</summary>
    static T Live<T>(string text, Func<XmlInput, T> read) => XmlInput.Document(text, null, new XmlInputOptions("sample"), read);

    static Uuid Known(string text) => Uuid.TryParse(text, out Uuid uuid) ? uuid : throw new FormatException(text);

    static string Xml(Action<XmlOutput> write)
    {
        var output = new XmlOutput(new XmlOutputOptions());
        write(output);
        return output.ToString();
    }
}

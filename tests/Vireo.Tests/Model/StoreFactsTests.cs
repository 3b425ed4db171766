using System.Text.Json;
using Vireo.Model.Backup;
using Vireo.Model.Capabilities;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain.Devices;
using Vireo.Model.NodeDevice;
using Vireo.Model.Snapshot;
using Vireo.Model.Storage;
using Vireo.Tests.Remote;
using Xunit;

namespace Vireo.Tests.Model;

/// <summary>The documents hold everything that the list of libvirt's elements and attributes names.</summary>
public class StoreFactsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("storagepool", typeof(StoragePoolDef), "pool")]
    [InlineData("storagevol", typeof(StorageVolumeDef), "volume")]
    [InlineData("storagepoolcaps", typeof(StoragePoolCapabilities), "storagepoolCapabilities")]
    [InlineData("domaincaps", typeof(DomainCapabilities), "domainCapabilities")]
    [InlineData("nodedev", typeof(NodeDeviceDef), "device")]
    [InlineData("domainsnapshot", typeof(SnapshotDef), "domainsnapshot")]
    [InlineData("domaincheckpoint", typeof(CheckpointDef), "domaincheckpoint")]
    [InlineData("domainbackup", typeof(BackupDef), "domainbackup")]
    public void Every_element_and_attribute_is_declared(string document, Type type, string root)
    {
        HashSet<string> declared = DeclaredPaths.Of(type, root);
        // Members that are read by hand, from unions that are not.
        Add(declared, typeof(DeviceFunction), "device/capability/capability");
        Add(declared, typeof(DiskSource), "domainbackup/disks/disk/target");
        Add(declared, typeof(DiskSource), "domainbackup/disks/disk/scratch");
        string[] all = [.. Facts.Load("xml-elements.json").GetProperty("documents").GetProperty(document).EnumerateArray().Select(static one => one.GetProperty("path").GetString()!)];
        string[] missing = [.. all.Where(path => !declared.Contains(path) && !Elsewhere.Keys.Any(path.StartsWith) && !ReadByNobody.ContainsKey(path))];
        output.WriteLine($"{document}: {all.Length} paths");
        Assert.True(missing.Length == 0, $"{missing.Length} paths are not declared:\n{string.Join('\n', missing)}");
    }

    static void Add(HashSet<string> declared, Type union, string path)
    {
        foreach (var (_, one) in DeclaredPaths.Cases(union))
            declared.UnionWith(DeclaredPaths.Of(one, path));
    }

    /// <summary>Beginnings of paths, and where they are covered if not by a declaration.</summary>
    static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["pool/fs:"] = "StoragePoolOptions, read by hand because it has a namespace",
        ["pool/rbd:"] = "StoragePoolOptions, read by hand because it has a namespace",
        ["domainsnapshot/cookie/"] = "kept as it is for the driver",
        ["domainsnapshot/disks/disk/source/slices"] = "open: they come with the slices of the domain document's disk sources",
    };

    /// <summary>Paths that the grammar allows and libvirt does not read.</summary>
    static readonly Dictionary<string, string> ReadByNobody = new(StringComparer.Ordinal)
    {
        ["pool/source/format/vendor"] = "libvirt looks for it beside <format>",
        ["pool/source/format/vendor/@name"] = "libvirt looks for it beside <format>",
        ["pool/source/format/product"] = "libvirt looks for it beside <format>",
        ["pool/source/format/product/@name"] = "libvirt looks for it beside <format>",
        ["pool/source/adapter/parentaddr/address/@multifunction"] = "a host's function has no such flag",
        ["domainsnapshot/disks/disk/source/privateData"] = "of libvirt's own status files",
    };
}

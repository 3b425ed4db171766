using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.Storage;

/// <summary>What a host in memory finds that pools could be made of: two volume groups, and one share on whatever server.</summary>
sealed class SourceDiscovery : IStoragePoolSources
{
    static readonly ValueList<StoragePoolSource> groups = [Group("/dev/sda20", "testvg1"), Group("/dev/sda21", "testvg2")];

    public ValueTask<string> FindSourcesAsync(string type, string? sourceXml, uint flags, CancellationToken cancel)
    {
        flags.None("testConnectFindStoragePoolSources");
        return new(Find(type, sourceXml));
    }

    static string Find(string type, string? specification)
    {
        // The first type of libvirt's list passes for none there.
        if (type is "dir")
            throw VireoException.Internal(ErrorDomain.Test, "unknown storage pool type dir");
        StoragePoolKind? kind = StoragePoolKind.All.FirstOrDefault(one => one.Type.ToXml() == type);
        StoragePoolSource? wanted = specification is null ? null : StoragePoolSources.ParseOne(specification, kind);
        return kind?.Type switch
        {
            StoragePoolType.Logical => Write(groups),
            StoragePoolType.NetFs when wanted is { Hosts.IsEmpty: false } => Write(
                [new StoragePoolSource { Hosts = [new StoragePoolHost { Name = wanted.Hosts[0].Name }], Directory = "/testshare", Format = "nfs" }]),
            StoragePoolType.NetFs => throw VireoException.InvalidArgument(ErrorDomain.Test, "hostname must be specified for netfs sources"),
            _ => throw VireoException.NoSupport($"pool type '{type}' does not support source discovery", ErrorDomain.Test),
        };
    }

    static string Write(ValueList<StoragePoolSource> sources)
    {
        var output = new XmlOutput(new XmlOutputOptions());
        output.Open("sources");
        foreach (StoragePoolSource source in sources)
            source.WriteXml(output);
        output.Close("sources");
        return output.ToString();
    }

    static StoragePoolSource Group(string device, string name) =>
        new() { Devices = [new StoragePoolDevice { Path = device }], Name = name, Format = "lvm2" };
}

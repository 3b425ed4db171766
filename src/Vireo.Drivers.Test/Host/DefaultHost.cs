using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Interfaces;
using Vireo.Drivers.Test.Networks;
using Vireo.Drivers.Test.NodeDevices;
using Vireo.Drivers.Test.Storage;
using Vireo.Model.Domain;
using Vireo.Model.Interfaces;
using Vireo.Model.Network;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.Host;

/// <summary>What libvirt's host of test:///default begins with, kind by kind: a running domain, a network, a pool, an interface, devices.</summary>
static class DefaultHost
{
    /// <summary>The id of its domain.</summary>
    public const int LastId = 1;

    public static void Domains(DomainTable table) => table.Add(new TestDomain(
        new DomainView { Def = DomainDef.Parse(Document.Of("domain.xml")), Persistent = true }.Started(LastId, new(DomainState.Running, 0))));

    public static void Networks(TestNetworks networks) => networks.AddActive(NetworkDef.Define(Document.Of("network.xml")));

    public static void Pools(TestPools pools) => pools.AddActive(StoragePoolDef.Define(Document.Of("pool.xml")));

    public static void Interfaces(TestInterfaces interfaces) => interfaces.AddActive(InterfaceDef.Define(Document.Of("interface.xml")));

    public static void NodeDevices(TestNodeDevices devices) => devices.AddDefault();
}

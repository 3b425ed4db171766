using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Guests;
using Vireo.Drivers.Test.Host;
using Vireo.Drivers.Test.Storage;
using Vireo.Drivers.Test.Threads;
using Vireo.Model.Domain;
using Vireo.Model.Interfaces;
using Vireo.Model.Network;
using Vireo.Model.NodeDevice;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.State;

/// <summary>Makes a host of a node document: domains run and everything else is active unless the document says otherwise.</summary>
static class HostLoader
{
    public static void Fill(TestHost host, NodeDocument document)
    {
        foreach (var domain in document.Domains)
            AddDomain(host, DomainDef.Parse(domain.Text), document.Folder);
        foreach (string xml in document.Networks)
            host.Networks.AddActive(NetworkDef.Define(xml));
        foreach (string xml in document.Interfaces)
            host.Interfaces.AddActive(InterfaceDef.Define(xml));
        foreach (var (pool, volumes) in document.Pools)
            AddPool(host, StoragePoolDef.Define(pool), volumes);
        foreach (string xml in document.Devices)
            host.NodeDevices.Add(NodeDeviceDef.Define(xml));
    }

    static void AddDomain(TestHost host, DomainDef written, string folder)
    {
        DomainDef def = TestDefaults.Complete(written);
        TestMarks marks = TestMarks.Of(written, folder, TestDefaults.Complete);
        if (host.Domains.TryFind(def.Uuid!.Value, out TestDomain? same))
            throw DomainDefinitions.UuidIsTaken(same.Now);
        if (host.Domains.TryFind(def.Name, out TestDomain? other))
            throw DomainDefinitions.NameIsTaken(other.Now);
        var domain = new DomainView
        {
            Def = def, Persistent = !marks.Transient, ManagedSave = marks.ManagedSave, Snapshots = marks.Snapshots, State = new(marks.State, 0),
            Notes = DomainNotes.Of(def),
            Guest = GuestView.Fresh with { Polling = [.. IoThreadList.Ids(def).Select(IoThreadPolling.New)] },
        };
        host.Domains.Add(new TestDomain(marks.State is DomainState.ShutOff ? domain : domain.Started(host.TakeId(), domain.State)));
    }

    static void AddPool(TestHost host, StoragePoolDef def, IReadOnlyList<string> volumes)
    {
        TestPool pool = host.Pools.AddActive(def);
        foreach (string xml in volumes)
        {
            StorageVolumeDef volume = pool.PlaceUnlessWritten(StorageVolumeDef.Define(xml, pool.Kind));
            if (pool.FindVolume(volume.Name) is not null)
                throw VireoException.Internal(ErrorDomain.Test, $"pool '{pool.Name}' has two volumes '{volume.Name}'");
            pool.Add(volume);
        }
    }
}

using Vireo.Core;
using Vireo.Host.Files;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.State;

/// <summary>
/// Definitions, statuses and ports of networks, one file each, in libvirt's places. Definitions are on the disk when a call returns; statuses and ports mean
/// nothing after a power cut, and nobody waits for the disk.
/// </summary>
/// <param name="paths">The places.</param>
sealed class NetworkStore(NetworkPaths paths)
{
    const string Edit = "net-edit";

    readonly ObjectStore<NetworkStatus> statuses = new(paths.StateDir, Edit, NetworkStatus.Parse, static status => status.Network.Name, durable: false);

    /// <summary>The definitions.</summary>
    public ObjectStore<NetworkDef> Definitions { get; } = new(paths.ConfigDir, Edit, static xml => NetworkDef.Define(xml), static network => network.Name);

    /// <summary>Writes a definition.</summary>
    public void Save(NetworkDef network) => Definitions.Save(network.Name, network.Uuid!.Value, network.ToXml(inactive: true));

    /// <summary>Writes the status of an active network.</summary>
    public void SaveStatus(NetworkStatus status) => statuses.Save(status.Network.Name, status.Network.Uuid!.Value, status.ToXml());

    /// <summary>Removes what says that a network is active.</summary>
    public void DeleteStatus(string name) => statuses.Delete(name);

    /// <summary>Takes away what a crash left, and reads all statuses.</summary>
    public Loaded<Stored<NetworkStatus>> LoadStatuses() => statuses.LoadAll();

    /// <summary>Writes a port.</summary>
    public void SavePort(string network, NetworkPortDef port) => PortsOf(network).Save(port.Uuid.ToString(), port.Uuid, port.ToXml());

    /// <summary>Removes a port.</summary>
    public void DeletePort(string network, Uuid port) => PortsOf(network).Delete(port.ToString());

    /// <summary>Removes all ports of a network.</summary>
    public void DeletePorts(string network)
    {
        if (Directory.Exists(paths.PortFolder(network)))
            foreach (string file in Directory.GetFiles(paths.PortFolder(network)))
                AtomicFile.Delete(file, durable: false);
    }

    /// <summary>Takes away what a crash left, and reads the ports of a network.</summary>
    public Loaded<Stored<NetworkPortDef>> LoadPorts(string network) => PortsOf(network).LoadAll();

    ObjectStore<NetworkPortDef> PortsOf(string network) =>
        new(paths.PortFolder(network), "net-port-create", static xml => NetworkPortDef.Define(xml), static port => port.Uuid.ToString(), durable: false);
}

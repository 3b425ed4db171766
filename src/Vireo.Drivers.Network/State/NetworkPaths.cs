using Vireo.Core;
using Vireo.Host;

namespace Vireo.Drivers.Network.State;

/// <summary>Where networks put their files; the names are libvirt's.</summary>
/// <param name="ConfigDir">Persistent definitions: NAME.xml.</param>
/// <param name="StateDir">Status of what is active: NAME.xml, and NAME/ports with a file for each port.</param>
/// <param name="PidDir">Processes of what is active: NAME.pid.</param>
/// <param name="DnsmasqDir">What dnsmasq reads, and what it lent to whom.</param>
public sealed record NetworkPaths(string ConfigDir, string StateDir, string PidDir, string DnsmasqDir)
{
    /// <summary>The places of a daemon.</summary>
    public static NetworkPaths Of(HostPaths host)
    {
        ArgumentNullException.ThrowIfNull(host);
        string config = Path.Join(host.EtcDir, "qemu/networks"), state = Path.Join(host.RunDir, "network");
        return host.Privileged
            ? new NetworkPaths(config, state, state, Path.Join(host.LibDir, "dnsmasq"))
            : new NetworkPaths(config, Path.Join(state, "lib"), Path.Join(state, "run"), Path.Join(state, "lib/dnsmasq"));
    }

    /// <summary>Held by the driver as long as it runs.</summary>
    public string LockFile => Path.Join(StateDir, "driver.pid");

    /// <summary>There when autostart has run since boot.</summary>
    public string AutostartedFile => Path.Join(StateDir, "autostarted");

    /// <summary>What dnsmasq runs when it lends an address.</summary>
    public string LeaseProgram => Path.Join(DnsmasqDir, "vireo-leases");

    /// <summary>A persistent definition.</summary>
    public string DefinitionFile(string name) => Path.Join(ConfigDir, name + ".xml");

    /// <summary>The status of an active network.</summary>
    public string StatusFile(string name) => Path.Join(StateDir, name + ".xml");

    /// <summary>The folder of a network's ports.</summary>
    public string PortFolder(string name) => Path.Join(StateDir, name, "ports");

    /// <summary>The pid of a network's dnsmasq.</summary>
    public string PidFile(string name) => Path.Join(PidDir, name + ".pid");

    /// <summary>Addresses that are lent, by bridge.</summary>
    public string LeaseFile(string bridge) => Path.Join(DnsmasqDir, bridge + ".status");

    /// <summary>Whose turn it is to change what is lent, by bridge.</summary>
    public string LeaseLock(string bridge) => Path.Join(DnsmasqDir, bridge + ".lock");

    /// <summary>Which domain has which hardware address, by bridge.</summary>
    public string MacFile(string bridge) => Path.Join(DnsmasqDir, bridge + ".macs");
}

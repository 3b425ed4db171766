using Microsoft.Extensions.Logging;
using Vireo.Driver;
using Vireo.Drivers.Network.Firewall;
using Vireo.Drivers.Network.Hooks;
using Vireo.Drivers.Network.Leases;
using Vireo.Drivers.Network.NameService;
using Vireo.Drivers.Network.Ports;
using Vireo.Drivers.Network.Start;
using Vireo.Drivers.Network.State;
using Vireo.Host.Files;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Hooks;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network;

/// <summary>What all parts of the driver share.</summary>
sealed class NetworkKeeper : IDisposable
{
    string? leaseProgram;

    internal NetworkKeeper(NetworkDriverOptions options)
    {
        Options = options;
        Paths = NetworkPaths.Of(options.Paths);
        Store = new NetworkStore(Paths);
        Filter = new PacketFilter(options.Processes, options.Log);
        Hooks = new NetworkHooks(new HookScripts(options.Paths, "network", options.Processes), options.Log.HookFailed);
        Flows = new FlowHost(options.FlowProbe, options.Log.Fault);
    }

    public NetworkDriverOptions Options { get; }

    public NetworkPaths Paths { get; }

    public NetworkStore Store { get; }

    public NetworkList Networks { get; } = new();

    public PacketFilter Filter { get; }

    public FlowHost Flows { get; }

    public NetworkHooks Hooks { get; }

    public EventHub<NetworkEvent> Events { get; } = new();

    public ILogger Log => Options.Log;

    public void Tell(NetworkRef network, NetworkEventType type) => Events.Raise(new NetworkLifecycleEvent(network, type, 0));

    /// <summary>Writes the status of an active network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="live">As it is, or will be.</param>
    /// <param name="unfinished">A start or a stop is under way.</param>
    public void SaveStatus(VirtualNetwork network, NetworkDef live, bool unfinished = false) => Store.SaveStatus(new NetworkStatus
    {
        Unfinished = unfinished ? true : null,
        Classes = PortClasses.Text(network.State),
        PromisedSum = PortClasses.Promised(network.State),
        Network = live,
    });

    /// <summary>Whether dnsmasq serves a network, of which kinds with a bridge of their own can have one.</summary>
    public static bool HasServer(NetworkDef live) => Definition.Kinds.OwnsBridge(live) && DnsmasqFiles.Needed(live);

    /// <summary>
    /// The file that dnsmasq runs when it lends an address, and when it starts, to be told what is lent. It takes one path and no arguments, so it is a script; it also spares
    /// the program a start when nothing is lent, as with every new network.
    /// </summary>
    public string LeaseProgram()
    {
        if (leaseProgram is { } ready && File.Exists(ready))
            return ready;
        const int executable = 0x1ed;
        AtomicFile.MakeFolder(Paths.DnsmasqDir);
        AtomicFile.Write(Paths.LeaseProgram, LeaseScript.Of(Options.LeaseCommand), executable, durable: false);
        return leaseProgram = Paths.LeaseProgram;
    }

    /// <summary>Forgets a network that is neither kept nor active, and its files: what it lent to whom, too.</summary>
    public void Remove(VirtualNetwork network)
    {
        NetworkDef last = network.State.Shown;
        Networks.Remove(network);
        if (!Definition.Kinds.OwnsBridge(last) || !Directory.Exists(Paths.DnsmasqDir))
            return;
        DnsmasqPlaces places = DnsmasqFiles.Places(Paths.DnsmasqDir, last.Name);
        string bridge = BridgeDevice.NameOf(last);
        foreach (string file in (ReadOnlySpan<string>)[places.Configuration, places.Hosts, places.Names, Paths.LeaseFile(bridge), Paths.LeaseLock(bridge), Paths.MacFile(bridge)])
            AtomicFile.Delete(file, durable: false);
    }

    /// <summary>What the program for leases is told besides.</summary>
    public IEnumerable<KeyValuePair<string, string>> LeaseEnvironment() =>
        Paths.DnsmasqDir == LeaseProgramRun.UsualFolder ? [] : [new(LeaseProgramRun.FolderVariable, Paths.DnsmasqDir)];

    /// <inheritdoc/>
    public void Dispose() => Filter.Dispose();
}

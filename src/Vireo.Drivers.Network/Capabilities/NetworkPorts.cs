using System.Collections.Immutable;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Network.Definition;
using Vireo.Drivers.Network.Ports;
using Vireo.Drivers.Network.State;
using Vireo.Host.Files;
using Vireo.Host.Network;
using Vireo.Model.Documents;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Capabilities;

/// <summary>The cards of guests on networks.</summary>
sealed class NetworkPorts(NetworkKeeper keeper) : INetworkPortListing, INetworkPortLifecycle
{
    public ValueTask<NetworkPortRef[]> ListPortsAsync(NetworkRef network, uint flags, CancellationToken cancel)
    {
        flags.None("networkListAllPorts");
        return new([.. Active(network).State.Ports.Keys.Select(port => new NetworkPortRef(network, port))]);
    }

    public ValueTask<NetworkPortRef> LookupPortAsync(NetworkRef network, Uuid uuid, CancellationToken cancel)
    {
        Get(Active(network).State, uuid);
        return new(new NetworkPortRef(network, uuid));
    }

    public ValueTask<string> GetPortXmlAsync(NetworkPortRef port, uint flags, CancellationToken cancel)
    {
        flags.None("networkPortGetXMLDesc");
        return new(Get(Active(port.Network).State, port.Uuid).ToXml());
    }

    public async ValueTask<NetworkPortRef> CreatePortAsync(NetworkRef network, string xml, NetworkPortCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(NetworkPortCreateFlags.Reclaim | NetworkPortCreateFlags.Validate, "networkPortCreateXML");
        if (flags.HasFlag(NetworkPortCreateFlags.Validate))
            DocumentKinds.NetworkPort.Validate(xml);
        NetworkPortDef wish = NetworkPortDef.Define(xml);
        VirtualNetwork found = Active(network);
        using VirtualNetwork.Turn turn = await found.EnterAsync(cancel).ConfigureAwait(false);
        NetworkState state = found.State;
        if (!state.IsActive)
            throw NetworkErrors.NotActive(found.Name);
        bool reclaims = flags.HasFlag(NetworkPortCreateFlags.Reclaim);
        if (reclaims != wish.Plug is not null)
            throw VireoException.InvalidArgument(ErrorDomain.Network, reclaims
                ? "Port reclaim requested but plug type is none" : "Port reclaim not requested but plug type is not none");
        if (state.Ports.ContainsKey(wish.Uuid))
            throw NetworkErrors.PortExists(wish.Uuid);
        NetworkPortDef port = reclaims ? wish : PortPlanner.Plan(state, wish);
        Commit(found, state.Ports.Add(port.Uuid, port), () => keeper.Store.SavePort(found.Name, port));
        try
        {
            await PortLimits.PlugAsync(keeper, found.State, port, cancel).ConfigureAwait(false);
            await AskAsync(found, port, cancel).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            Commit(found, state.Ports, () => keeper.Store.DeletePort(found.Name, port.Uuid));
            throw;
        }
        KeepMacs(found, macs => macs.Add(port.OwnerName, port.Mac.ToString()));
        return new NetworkPortRef(network, port.Uuid);
    }

    public async ValueTask DeletePortAsync(NetworkPortRef port, uint flags, CancellationToken cancel)
    {
        flags.None("networkPortDelete");
        VirtualNetwork found = Active(port.Network);
        using VirtualNetwork.Turn turn = await found.EnterAsync(cancel).ConfigureAwait(false);
        NetworkState state = found.State;
        NetworkPortDef gone = Get(state, port.Uuid);
        Commit(found, state.Ports.Remove(port.Uuid), () => keeper.Store.DeletePort(found.Name, port.Uuid));
        await PortLimits.UnplugAsync(keeper, found.State, gone).ConfigureAwait(false);
        if (!found.State.Ports.Values.Any(other => other.OwnerName == gone.OwnerName && other.Mac == gone.Mac))
            KeepMacs(found, macs => macs.Remove(gone.OwnerName, gone.Mac.ToString()));
        await keeper.Hooks.TellAsync("port-deleted", PortCounts.Show(found.State), gone).ConfigureAwait(false);
    }

    /// <summary>A hook may refuse a port, whose limits go then.</summary>
    async ValueTask AskAsync(VirtualNetwork network, NetworkPortDef port, CancellationToken cancel)
    {
        try
        {
            await keeper.Hooks.AskAsync("port-created", PortCounts.Show(network.State), port, cancel).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            await PortLimits.UnplugAsync(keeper, network.State with { Ports = network.State.Ports.Remove(port.Uuid) }, port).ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask<TypedParameter[]> GetPortParametersAsync(NetworkPortRef port, uint flags, CancellationToken cancel)
    {
        flags.None("networkPortGetParameters");
        return new(PortParameters.Of(Get(Active(port.Network).State, port.Uuid).Bandwidth));
    }

    public async ValueTask SetPortParametersAsync(NetworkPortRef port, TypedParameter[] parameters, uint flags, CancellationToken cancel)
    {
        flags.None("networkPortSetParameters");
        PortParameters.Check(parameters);
        VirtualNetwork found = Active(port.Network);
        using VirtualNetwork.Turn turn = await found.EnterAsync(cancel).ConfigureAwait(false);
        NetworkState state = found.State;
        NetworkPortDef before = Get(state, port.Uuid);
        NetworkState others = state with { Ports = state.Ports.Remove(port.Uuid) };
        NetworkPortDef after = PortPlanner.Promise(others, before with { Bandwidth = PortParameters.Apply(before.Bandwidth, parameters) });
        await PortLimits.UnplugAsync(keeper, others, before).ConfigureAwait(false);
        await PortLimits.PlugAsync(keeper, others with { Ports = others.Ports.Add(port.Uuid, after) }, after, cancel).ConfigureAwait(false);
        Commit(found, state.Ports.SetItem(port.Uuid, after), () => keeper.Store.SavePort(found.Name, after));
    }

    VirtualNetwork Active(NetworkRef network) =>
        keeper.Networks.Get(network) is { State.IsActive: true } found ? found : throw NetworkErrors.NotActive(network.Name);

    static NetworkPortDef Get(NetworkState state, Uuid port) => state.Ports.TryGetValue(port, out NetworkPortDef? found) ? found : throw NetworkErrors.NoPort(port);

    /// <summary>Files first: a daemon that comes after a crash knows of what there is at least as much.</summary>
    void Commit(VirtualNetwork network, ImmutableSortedDictionary<Uuid, NetworkPortDef> ports, Action files)
    {
        files();
        network.Become(state => state with { Ports = ports });
        keeper.SaveStatus(network, network.State.Live!);
    }

    /// <summary>The name service finds a guest by the name of its domain.</summary>
    void KeepMacs(VirtualNetwork network, Action<MacMap> change)
    {
        const int readable = 0x1a4;
        NetworkDef live = network.State.Live!;
        if (!Kinds.OwnsBridge(live))
            return;
        string file = keeper.Paths.MacFile(live.Bridge!.Name!);
        MacMap macs = File.Exists(file) ? MacMap.Parse(File.ReadAllText(file)) : new MacMap();
        change(macs);
        AtomicFile.MakeFolder(keeper.Paths.DnsmasqDir);
        AtomicFile.Write(file, macs.ToJson(), readable, durable: false);
    }
}

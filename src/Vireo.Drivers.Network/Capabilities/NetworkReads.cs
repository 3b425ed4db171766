using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Network.Ports;
using Vireo.Drivers.Network.Start;
using Vireo.Drivers.Network.State;

namespace Vireo.Drivers.Network.Capabilities;

/// <summary>Looks at networks; never waits for who changes them.</summary>
sealed class NetworkReads(NetworkKeeper keeper) : INetworkLookup, INetworkListing, INetworkInfo, INetworkEvents
{
    public ValueTask<NetworkRef> LookupByNameAsync(string name, CancellationToken cancel) => new(keeper.Networks.Get(name).Ref);

    public ValueTask<NetworkRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => new(keeper.Networks.Get(uuid).Ref);

    public ValueTask<NetworkRef[]> ListAllAsync(ListNetworksFlags flags, CancellationToken cancel)
    {
        flags.Only((ListNetworksFlags)0x3f, "networkConnectListAllNetworks");
        return new([.. keeper.Networks.Seen.Where(network => Fits(network.State, flags)).Select(static network => network.Ref)]);
    }

    static bool Fits(NetworkState state, ListNetworksFlags flags) =>
        Pair(flags, ListNetworksFlags.Active, ListNetworksFlags.Inactive, state.IsActive)
        && Pair(flags, ListNetworksFlags.Persistent, ListNetworksFlags.Transient, state.IsPersistent)
        && Pair(flags, ListNetworksFlags.Autostart, ListNetworksFlags.NoAutostart, state.Autostart);

    // A pair of which neither or both are given lets everything through.
    static bool Pair(ListNetworksFlags flags, ListNetworksFlags yes, ListNetworksFlags no, bool holds)
    {
        bool wantsYes = flags.HasFlag(yes), wantsNo = flags.HasFlag(no);
        return wantsYes == wantsNo || (holds ? wantsYes : wantsNo);
    }

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => new(keeper.Networks.Seen.Count(static network => network.State.IsActive));

    public ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel) => Names(active: true);

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => new(keeper.Networks.Seen.Count(static network => !network.State.IsActive));

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => Names(active: false);

    ValueTask<string[]> Names(bool active) =>
        new([.. keeper.Networks.Seen.Where(network => network.State.IsActive == active).Select(static network => network.Name)]);

    public ValueTask<string> GetXmlAsync(NetworkRef network, NetworkXmlFlags flags, CancellationToken cancel)
    {
        flags.Only(NetworkXmlFlags.Inactive, "networkGetXMLDesc");
        NetworkState state = keeper.Networks.Get(network).State;
        bool inactive = flags.HasFlag(NetworkXmlFlags.Inactive);
        return new(inactive && state.Kept is { } kept ? kept.ToXml(inactive: true) : PortCounts.Show(state).ToXml(inactive || !state.IsActive));
    }

    public ValueTask<string> GetBridgeNameAsync(NetworkRef network, CancellationToken cancel) =>
        new(BridgeDevice.NameOf(keeper.Networks.Get(network).State.Shown));

    public ValueTask<bool> IsActiveAsync(NetworkRef network, CancellationToken cancel) => new(keeper.Networks.Get(network).State.IsActive);

    public ValueTask<bool> IsPersistentAsync(NetworkRef network, CancellationToken cancel) => new(keeper.Networks.Get(network).State.IsPersistent);

    public ValueTask<bool> GetAutostartAsync(NetworkRef network, CancellationToken cancel) => new(keeper.Networks.Get(network).State.Autostart);

    public ValueTask<IAsyncDisposable> SubscribeAsync(NetworkEventId kind, NetworkRef? only, Action<NetworkEvent> sink, CancellationToken cancel) =>
        new(keeper.Events.Subscribe(kind, only, sink));
}

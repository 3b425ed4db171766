using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Networks;

/// <summary>Looks at networks.</summary>
sealed class NetworkReads(TestHost host) : ReadsUnderGate(host), INetworkLookup, INetworkListing, INetworkInfo, INetworkEvents
{
    public ValueTask<NetworkRef> LookupByNameAsync(string name, CancellationToken cancel) => Read(known => known.Networks.Get(name).Ref);

    public ValueTask<NetworkRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => Read(known => known.Networks.Get(uuid).Ref);

    public ValueTask<NetworkRef[]> ListAllAsync(ListNetworksFlags flags, CancellationToken cancel)
    {
        flags.Only((ListNetworksFlags)0x3f, "testConnectListAllNetworks");
        return Read<NetworkRef[]>(known => [.. known.Networks.All.Where(network => Fits(network, flags)).Select(network => network.Ref)]);
    }

    static bool Fits(TestNetwork network, ListNetworksFlags flags) =>
        flags.Pair(ListNetworksFlags.Active, ListNetworksFlags.Inactive, network.IsActive)
        && flags.Pair(ListNetworksFlags.Persistent, ListNetworksFlags.Transient, network.IsPersistent)
        && flags.Pair(ListNetworksFlags.Autostart, ListNetworksFlags.NoAutostart, network.Autostart);

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => Read(known => known.Networks.All.Count(network => network.IsActive));

    public ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel) => Names(active: true);

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => Read(known => known.Networks.All.Count(network => !network.IsActive));

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => Names(active: false);

    ValueTask<string[]> Names(bool active) =>
        Read<string[]>(known => [.. known.Networks.All.Where(network => network.IsActive == active).Select(network => network.Name)]);

    public ValueTask<string> GetXmlAsync(NetworkRef network, NetworkXmlFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testNetworkGetXMLDesc");
        return Read(known => known.Networks.Get(network.Name).Def.ToXml());
    }

    public ValueTask<string> GetBridgeNameAsync(NetworkRef network, CancellationToken cancel) => Read(known =>
        known.Networks.Get(network.Name).Def.Bridge?.Name
            ?? throw VireoException.Internal(ErrorDomain.Test, $"network '{network.Name}' does not have a bridge name."));

    public ValueTask<bool> IsActiveAsync(NetworkRef network, CancellationToken cancel) => Read(known => known.Networks.Get(network.Uuid).IsActive);

    public ValueTask<bool> IsPersistentAsync(NetworkRef network, CancellationToken cancel) => Read(known => known.Networks.Get(network.Uuid).IsPersistent);

    public ValueTask<bool> GetAutostartAsync(NetworkRef network, CancellationToken cancel) => Read(known => known.Networks.Get(network.Name).Autostart);

    public ValueTask<IAsyncDisposable> SubscribeAsync(NetworkEventId kind, NetworkRef? only, Action<NetworkEvent> sink, CancellationToken cancel) =>
        new(Host.Networks.Events.Subscribe(kind, only, sink));
}

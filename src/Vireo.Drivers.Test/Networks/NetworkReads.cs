using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Networks;

/// <summary>A network in memory.</summary>
sealed record TestNetwork(string Name, Uuid Uuid, string Bridge, string Xml)
{
    public NetworkRef Ref => new(Name, Uuid);

    /// <summary>libvirt's network of test:///default: active, persistent, not started with the host.</summary>
    public static TestNetwork Default() => new("default", Ids.Of("dd8fe884-6c02-601e-7551-cca97df1c5df"), "virbr0", Document.Of("network.xml"));
}

/// <summary>Looks at networks.</summary>
sealed class NetworkReads(TestHost host) : ReadsUnderGate(host), INetworkLookup, INetworkListing, INetworkInfo
{
    public ValueTask<NetworkRef> LookupByNameAsync(string name, CancellationToken cancel) => Read(known =>
        (known.Networks.Find(network => network.Name == name) ?? throw TestErrors.NoNetwork("name", name)).Ref);

    public ValueTask<NetworkRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => Read(known => Get(known, uuid).Ref);

    static TestNetwork Get(TestHost host, Uuid uuid) =>
        host.Networks.Find(network => network.Uuid == uuid) ?? throw TestErrors.NoNetwork("uuid", uuid.ToString());

    public ValueTask<NetworkRef[]> ListAllAsync(ListNetworksFlags flags, CancellationToken cancel)
    {
        flags.Only((ListNetworksFlags)0x3f, "testConnectListAllNetworks");
        bool fits = Wanted(flags, ListNetworksFlags.Active, ListNetworksFlags.Inactive)
            && Wanted(flags, ListNetworksFlags.Persistent, ListNetworksFlags.Transient)
            && Wanted(flags, ListNetworksFlags.NoAutostart, ListNetworksFlags.Autostart);
        return Read<NetworkRef[]>(known => fits ? [.. known.Networks.Select(network => network.Ref)] : []);
    }

    /// <summary>Networks here are active and persistent: a pair of flags lets them through unless it asks for the other kind alone.</summary>
    static bool Wanted(ListNetworksFlags flags, ListNetworksFlags theirs, ListNetworksFlags other) => flags.HasFlag(theirs) || !flags.HasFlag(other);

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => Read(known => known.Networks.Count);

    public ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel) =>
        Read<string[]>(known => [.. known.Networks.Select(network => network.Name)]);

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => new(0);

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => new([]);

    public ValueTask<string> GetXmlAsync(NetworkRef network, NetworkXmlFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testNetworkGetXMLDesc");
        return Read(known => Get(known, network.Uuid).Xml);
    }

    public ValueTask<string> GetBridgeNameAsync(NetworkRef network, CancellationToken cancel) => Read(known => Get(known, network.Uuid).Bridge);

    public ValueTask<bool> IsActiveAsync(NetworkRef network, CancellationToken cancel) => Read(known => Get(known, network.Uuid) is { });

    public ValueTask<bool> IsPersistentAsync(NetworkRef network, CancellationToken cancel) => Read(known => Get(known, network.Uuid) is { });

    public ValueTask<bool> GetAutostartAsync(NetworkRef network, CancellationToken cancel) => Read(known => Get(known, network.Uuid) is null);
}

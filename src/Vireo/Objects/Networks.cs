using Vireo.Core;
using Vireo.Driver;
using Vireo.Model.Interfaces;
using Vireo.Model.Network;
using Vireo.Model.NwFilter;

namespace Vireo;

/// <summary>A virtual network.</summary>
[Wraps(typeof(NetworkRef), Without = "INetworkLifecycle.CreateAsync INetworkPortListing.LookupPortAsync")]
public sealed partial class Network
{
    /// <summary>Starts it.</summary>
    public async Task StartAsync(CancellationToken cancel = default) =>
        await connection.Require<INetworkLifecycle>().CreateAsync(Ref, cancel).ConfigureAwait(false);

    /// <summary>Its document, read.</summary>
    public async Task<NetworkDef> GetDefinitionAsync(NetworkXmlFlags flags = default, CancellationToken cancel = default) =>
        NetworkDef.Parse(await GetXmlAsync(flags, cancel).ConfigureAwait(false), (flags & NetworkXmlFlags.Inactive) != 0);

    /// <summary>The port with this uuid.</summary>
    public async Task<NetworkPort> GetPortAsync(Uuid uuid, CancellationToken cancel = default) =>
        new(connection, await connection.Require<INetworkPortListing>().LookupPortAsync(Ref, uuid, cancel).ConfigureAwait(false));

    /// <summary>Events of this network; see <see cref="Connection.WatchNetworksAsync"/>.</summary>
    public IAsyncEnumerable<Observed<NetworkEvent>> WatchAsync(CancellationToken cancel = default) => connection.WatchNetworksAsync(this, cancel);
}

/// <summary>A port of a network: where a guest's interface, or something else, is plugged in.</summary>
[Wraps(typeof(NetworkPortRef))]
public sealed partial class NetworkPort
{
    /// <summary>Its document, read.</summary>
    public async Task<NetworkPortDef> GetDefinitionAsync(CancellationToken cancel = default) =>
        NetworkPortDef.Parse(await GetPortXmlAsync(cancel).ConfigureAwait(false));
}

/// <summary>A filter of network traffic.</summary>
[Wraps(typeof(NwFilterRef))]
public sealed partial class NwFilter
{
    /// <summary>Its document, read.</summary>
    public async Task<FilterDef> GetDefinitionAsync(CancellationToken cancel = default) => FilterDef.Parse(await GetXmlAsync(cancel).ConfigureAwait(false));
}

/// <summary>A filter at work for one port.</summary>
[Wraps(typeof(NwFilterBindingRef))]
public sealed partial class NwFilterBinding
{
    /// <summary>Its document, read.</summary>
    public async Task<FilterBindingDef> GetDefinitionAsync(CancellationToken cancel = default) =>
        FilterBindingDef.Parse(await GetBindingXmlAsync(cancel).ConfigureAwait(false));
}

/// <summary>A network interface of the host.</summary>
[Wraps(typeof(InterfaceRef), Without = "IInterfaceLifecycle.CreateAsync")]
public sealed partial class Interface
{
    /// <summary>Brings it up.</summary>
    public async Task StartAsync(CancellationToken cancel = default) =>
        await connection.Require<IInterfaceLifecycle>().CreateAsync(Ref, 0, cancel).ConfigureAwait(false);

    /// <summary>Its document, read.</summary>
    public async Task<InterfaceDef> GetDefinitionAsync(InterfaceXmlFlags flags = default, CancellationToken cancel = default) =>
        InterfaceDef.Parse(await GetXmlAsync(flags, cancel).ConfigureAwait(false));
}

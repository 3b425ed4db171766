using Vireo.Core;
using Vireo.Driver;
using Vireo.Model.Interfaces;
using Vireo.Model.Network;
using Vireo.Model.NwFilter;

namespace Vireo;

public sealed partial class Connection
{
    /// <summary>The networks that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<Network>> ListNetworksAsync(ListNetworksFlags flags = default, CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<INetworkListing>().ListAllAsync(flags, cancel).ConfigureAwait(false), r => new Network(this, r));

    /// <summary>The network with this name.</summary>
    public async Task<Network> GetNetworkAsync(string name, CancellationToken cancel = default) =>
        new(this, await Require<INetworkLookup>().LookupByNameAsync(name, cancel).ConfigureAwait(false));

    /// <summary>The network with this uuid.</summary>
    public async Task<Network> GetNetworkAsync(Uuid uuid, CancellationToken cancel = default) =>
        new(this, await Require<INetworkLookup>().LookupByUuidAsync(uuid, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent network of a document, or changes one.</summary>
    public async Task<Network> DefineNetworkAsync(string xml, NetworkDefineFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<INetworkLifecycle>().DefineAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent network of a definition, or changes one.</summary>
    public async Task<Network> DefineNetworkAsync(NetworkDef definition, NetworkDefineFlags flags = default, CancellationToken cancel = default) =>
        await DefineNetworkAsync(definition.ToXml(), flags, cancel).ConfigureAwait(false);

    /// <summary>Makes a network that is gone when it stops.</summary>
    public async Task<Network> CreateNetworkAsync(string xml, NetworkCreateFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<INetworkLifecycle>().CreateTransientAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>The interfaces of the host that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<Interface>> ListInterfacesAsync(ListInterfacesFlags flags = default, CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<IInterfaceListing>().ListAllAsync(flags, cancel).ConfigureAwait(false), r => new Interface(this, r));

    /// <summary>The interface of the host with this name.</summary>
    public async Task<Interface> GetInterfaceAsync(string name, CancellationToken cancel = default) =>
        new(this, await Require<IInterfaceListing>().LookupByNameAsync(name, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent interface of the host of a document, or changes one.</summary>
    public async Task<Interface> DefineInterfaceAsync(string xml, InterfaceDefineFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<IInterfaceLifecycle>().DefineAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent interface of the host of a definition, or changes one.</summary>
    public async Task<Interface> DefineInterfaceAsync(InterfaceDef definition, InterfaceDefineFlags flags = default, CancellationToken cancel = default) =>
        await DefineInterfaceAsync(definition.ToXml(), flags, cancel).ConfigureAwait(false);

    /// <summary>The interface of the host with this hardware address.</summary>
    public async Task<Interface> GetInterfaceByMacAsync(string mac, CancellationToken cancel = default) =>
        new(this, await Require<IInterfaceListing>().LookupByMacAsync(mac, cancel).ConfigureAwait(false));

    /// <summary>Begins changes of the host's interfaces that can be taken back.</summary>
    public async Task BeginInterfaceChangesAsync(CancellationToken cancel = default) =>
        await Require<IInterfaceTransactions>().BeginAsync(0, cancel).ConfigureAwait(false);

    /// <summary>Keeps the changes of the host's interfaces.</summary>
    public async Task CommitInterfaceChangesAsync(CancellationToken cancel = default) =>
        await Require<IInterfaceTransactions>().CommitAsync(0, cancel).ConfigureAwait(false);

    /// <summary>Takes the changes of the host's interfaces back.</summary>
    public async Task RollbackInterfaceChangesAsync(CancellationToken cancel = default) =>
        await Require<IInterfaceTransactions>().RollbackAsync(0, cancel).ConfigureAwait(false);

    /// <summary>The network filters that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<NwFilter>> ListNwFiltersAsync(CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<INwFilterListing>().ListAllAsync(0, cancel).ConfigureAwait(false), r => new NwFilter(this, r));

    /// <summary>The network filter with this name.</summary>
    public async Task<NwFilter> GetNwFilterAsync(string name, CancellationToken cancel = default) =>
        new(this, await Require<INwFilterListing>().LookupByNameAsync(name, cancel).ConfigureAwait(false));

    /// <summary>The network filter with this uuid.</summary>
    public async Task<NwFilter> GetNwFilterAsync(Uuid uuid, CancellationToken cancel = default) =>
        new(this, await Require<INwFilterListing>().LookupByUuidAsync(uuid, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent network filter of a document, or changes one.</summary>
    public async Task<NwFilter> DefineNwFilterAsync(string xml, NwFilterDefineFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<INwFilterLifecycle>().DefineAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent network filter of a definition, or changes one.</summary>
    public async Task<NwFilter> DefineNwFilterAsync(FilterDef definition, NwFilterDefineFlags flags = default, CancellationToken cancel = default) =>
        await DefineNwFilterAsync(definition.ToXml(), flags, cancel).ConfigureAwait(false);

    /// <summary>The filters at work.</summary>
    public async Task<IReadOnlyList<NwFilterBinding>> ListNwFilterBindingsAsync(CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<INwFilterBindings>().ListBindingsAsync(0, cancel).ConfigureAwait(false), r => new NwFilterBinding(this, r));

    /// <summary>The filter at work for this device of the host.</summary>
    public async Task<NwFilterBinding> GetNwFilterBindingAsync(string portDevice, CancellationToken cancel = default) =>
        new(this, await Require<INwFilterBindings>().LookupBindingAsync(portDevice, cancel).ConfigureAwait(false));

    /// <summary>Puts a filter to work for a device of the host.</summary>
    public async Task<NwFilterBinding> CreateNwFilterBindingAsync(string xml, NwFilterBindingCreateFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<INwFilterBindingLifecycle>().CreateBindingAsync(xml, flags, cancel).ConfigureAwait(false));
}

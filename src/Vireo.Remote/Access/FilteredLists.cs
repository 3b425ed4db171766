using Vireo.Driver;

namespace Vireo.Remote.Access;

/// <summary>
/// The older lists of counts, ids and names for callers who may not see everything: made of the list of refs, of which each
/// is asked for. Named by procedure; the generated dispatch calls them instead of the driver's own when there is a policy.
/// </summary>
static class FilteredLists
{
    internal static async ValueTask<int> Of51(RemoteSession session, IDomainListing target, CancellationToken cancel) =>
        (await Domains(session, target, ListDomainsFlags.Active, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<int[]> Of37(RemoteSession session, IDomainListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Domains(session, target, ListDomainsFlags.Active, cancel).ConfigureAwait(false), static domain => domain.Id);

    internal static async ValueTask<int> Of25(RemoteSession session, IDomainListing target, CancellationToken cancel) =>
        (await Domains(session, target, ListDomainsFlags.Inactive, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of21(RemoteSession session, IDomainListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Domains(session, target, ListDomainsFlags.Inactive, cancel).ConfigureAwait(false), static domain => domain.Name);

    internal static async ValueTask<int> Of52(RemoteSession session, INetworkListing target, CancellationToken cancel) =>
        (await Networks(session, target, ListNetworksFlags.Active, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of38(RemoteSession session, INetworkListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Networks(session, target, ListNetworksFlags.Active, cancel).ConfigureAwait(false), static network => network.Name);

    internal static async ValueTask<int> Of50(RemoteSession session, INetworkListing target, CancellationToken cancel) =>
        (await Networks(session, target, ListNetworksFlags.Inactive, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of36(RemoteSession session, INetworkListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Networks(session, target, ListNetworksFlags.Inactive, cancel).ConfigureAwait(false), static network => network.Name);

    internal static async ValueTask<int> Of71(RemoteSession session, IStoragePoolListing target, CancellationToken cancel) =>
        (await Pools(session, target, ListStoragePoolsFlags.Active, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of72(RemoteSession session, IStoragePoolListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Pools(session, target, ListStoragePoolsFlags.Active, cancel).ConfigureAwait(false), static pool => pool.Name);

    internal static async ValueTask<int> Of73(RemoteSession session, IStoragePoolListing target, CancellationToken cancel) =>
        (await Pools(session, target, ListStoragePoolsFlags.Inactive, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of74(RemoteSession session, IStoragePoolListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Pools(session, target, ListStoragePoolsFlags.Inactive, cancel).ConfigureAwait(false), static pool => pool.Name);

    internal static async ValueTask<int> Of91(RemoteSession session, IStorageVolumeLookup target, StoragePoolRef pool, CancellationToken cancel) =>
        (await Volumes(session, target, pool, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of92(RemoteSession session, IStorageVolumeLookup target, StoragePoolRef pool, CancellationToken cancel) =>
        Array.ConvertAll(await Volumes(session, target, pool, cancel).ConfigureAwait(false), static volume => volume.Name);

    internal static async ValueTask<int> Of126(RemoteSession session, IInterfaceListing target, CancellationToken cancel) =>
        (await Interfaces(session, target, ListInterfacesFlags.Active, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of127(RemoteSession session, IInterfaceListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Interfaces(session, target, ListInterfacesFlags.Active, cancel).ConfigureAwait(false), static nic => nic.Name);

    internal static async ValueTask<int> Of137(RemoteSession session, IInterfaceListing target, CancellationToken cancel) =>
        (await Interfaces(session, target, ListInterfacesFlags.Inactive, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of138(RemoteSession session, IInterfaceListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Interfaces(session, target, ListInterfacesFlags.Inactive, cancel).ConfigureAwait(false), static nic => nic.Name);

    internal static async ValueTask<int> Of111(
        RemoteSession session, INodeDeviceListing target, string? capability, uint flags, CancellationToken cancel) =>
        (await Devices(session, target, capability, flags, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of112(
        RemoteSession session, INodeDeviceListing target, string? capability, uint flags, CancellationToken cancel) =>
        await Devices(session, target, capability, flags, cancel).ConfigureAwait(false);

    internal static async ValueTask<int> Of178(RemoteSession session, INwFilterListing target, CancellationToken cancel) =>
        (await Filters(session, target, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of179(RemoteSession session, INwFilterListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Filters(session, target, cancel).ConfigureAwait(false), static filter => filter.Name);

    internal static async ValueTask<int> Of139(RemoteSession session, ISecretListing target, CancellationToken cancel) =>
        (await Secrets(session, target, cancel).ConfigureAwait(false)).Length;

    internal static async ValueTask<string[]> Of140(RemoteSession session, ISecretListing target, CancellationToken cancel) =>
        Array.ConvertAll(await Secrets(session, target, cancel).ConfigureAwait(false), static secret => secret.Uuid.ToString());

    static ValueTask<DomainRef[]> Domains(RemoteSession session, IDomainListing target, ListDomainsFlags which, CancellationToken cancel) =>
        session.Visible(target.ListAllAsync(which, cancel), DomainRight.GetAttributes, static (objects, item) => SessionObjects.Of(item));

    static ValueTask<NetworkRef[]> Networks(RemoteSession session, INetworkListing target, ListNetworksFlags which, CancellationToken cancel) =>
        session.Visible(target.ListAllAsync(which, cancel), NetworkRight.GetAttributes, static (objects, item) => SessionObjects.Of(item));

    static ValueTask<StoragePoolRef[]> Pools(RemoteSession session, IStoragePoolListing target, ListStoragePoolsFlags which, CancellationToken cancel) =>
        session.Visible(target.ListAllAsync(which, cancel), StoragePoolRight.GetAttributes, static (objects, item) => SessionObjects.Of(item));

    static ValueTask<StorageVolumeRef[]> Volumes(RemoteSession session, IStorageVolumeLookup target, StoragePoolRef pool, CancellationToken cancel) =>
        session.Visible(target.ListVolumesAsync(pool, 0, cancel), StorageVolumeRight.GetAttributes, static (objects, item) => objects.Of(item));

    static ValueTask<InterfaceRef[]> Interfaces(RemoteSession session, IInterfaceListing target, ListInterfacesFlags which, CancellationToken cancel) =>
        session.Visible(target.ListAllAsync(which, cancel), InterfaceRight.GetAttributes, static (objects, item) => SessionObjects.Of(item));

    // By capability only the names can be asked for; a device is identified by its name, so they are enough.
    static ValueTask<string[]> Devices(
        RemoteSession session, INodeDeviceListing target, string? capability, uint flags, CancellationToken cancel) =>
        session.Visible(
            target.ListNamesAsync(capability, flags, cancel), NodeDeviceRight.GetAttributes,
            static (objects, item) => SessionObjects.Of(new NodeDeviceRef(item)));

    static ValueTask<NwFilterRef[]> Filters(RemoteSession session, INwFilterListing target, CancellationToken cancel) =>
        session.Visible(target.ListAllAsync(0, cancel), NwFilterRight.GetAttributes, static (objects, item) => SessionObjects.Of(item));

    static ValueTask<SecretRef[]> Secrets(RemoteSession session, ISecretListing target, CancellationToken cancel) =>
        session.Visible(target.ListAllAsync(default, cancel), SecretRight.GetAttributes, static (objects, item) => SessionObjects.Of(item));
}

using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;

namespace Vireo;

/// <summary>
/// A connection to a hypervisor: in this process for <c>test:///default</c>, through a daemon (vireod or libvirtd) for everything
/// else. Every method throws <see cref="VireoException"/> with libvirt's code, domain and level. Safe for use by many threads.
/// </summary>
public sealed partial class Connection : IAsyncDisposable
{
    readonly IDriverConnection driver;

    Connection(IDriverConnection driver) => this.driver = driver;

    /// <summary>The canonical URI.</summary>
    public string Uri => driver.Uri;

    /// <summary>
    /// Opens a connection. Without a URI: LIBVIRT_DEFAULT_URI, else uri_default of libvirt.conf, else what the daemon chooses. Aliases of libvirt.conf stand for
    /// their URIs.
    /// </summary>
    /// <param name="uri">Such as <c>qemu:///system</c> or <c>qemu+ssh://root@host/system</c>; docs/uris.md has all forms.</param>
    /// <param name="readOnly">Asks for a connection that can look but not change.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="VireoException">The URI is wrong, the daemon cannot be reached, or it does not let us in.</exception>
    public static Task<Connection> OpenAsync(string? uri = null, bool readOnly = false, CancellationToken cancel = default) =>
        OpenAsync(uri, new ConnectionOptions { ReadOnly = readOnly }, cancel);

    /// <summary>As the other, with more to choose.</summary>
    public static async Task<Connection> OpenAsync(string? uri, ConnectionOptions options, CancellationToken cancel = default)
    {
        RemotePlaces places = options.Places ?? RemotePlaces.OfThisProcess();
        ClientSettings settings = ClientSettings.Load(places);
        string? text = settings.Resolve(uri, places.Variable);
        ConnectionUri? parsed = text is null ? null : ConnectionUri.Parse(text);
        IDriver driver = parsed is { Driver: "test", Transport: null, Host: null } ? TestHost.Driver
            : new RemoteDriver(new RemoteOptions { Places = places, Settings = settings, Credentials = options.Credentials, Ssh = new Ssh.SshNetTransport() });
        IDriverConnection opened = await driver.OpenAsync(parsed, Caller.Self with { ReadOnly = options.ReadOnly }, cancel).ConfigureAwait(false)
            ?? throw new VireoException(ErrorCode.NoConnect, ErrorDomain.None, text);
        if (options.KeepaliveInterval > TimeSpan.Zero)
            (opened as RemoteClient)?.StartKeepalive(options.KeepaliveInterval, options.KeepaliveCount);
        return new(opened);
    }

    /// <summary>A connection of a driver that the caller opened.</summary>
    public static Connection Of(IDriverConnection driver) => new(driver);

    /// <summary>The process's test driver: its host is shared by all connections of the process.</summary>
    static class TestHost
    {
        internal static readonly IDriver Driver = TestDriver.Create();
    }

    /// <summary>A capability of the driver itself, for operations that this API does not wrap.</summary>
    /// <exception cref="VireoException">The driver does not offer it (<see cref="ErrorCode.NoSupport"/>).</exception>
    public T Require<T>() where T : class => driver.Capabilities.Find<T>() ?? throw VireoException.NoSupport(typeof(T).Name[1..]);

    /// <summary>Closes the connection. Running domains run on.</summary>
    public ValueTask DisposeAsync() => driver.DisposeAsync();

    /// <summary>The hypervisor's name, such as "QEMU".</summary>
    public async Task<string> GetTypeAsync(CancellationToken cancel = default) =>
        await Require<IConnectionInfo>().GetTypeAsync(cancel).ConfigureAwait(false);

    /// <summary>The hypervisor's version.</summary>
    public async Task<Version> GetVersionAsync(CancellationToken cancel = default) =>
        ToVersion(await Require<IConnectionInfo>().GetVersionAsync(cancel).ConfigureAwait(false));

    /// <summary>The daemon's library version.</summary>
    public async Task<Version> GetLibraryVersionAsync(CancellationToken cancel = default) =>
        ToVersion(await Require<IConnectionInfo>().GetLibraryVersionAsync(cancel).ConfigureAwait(false));

    static Version ToVersion(ulong number) => new((int)(number / 1_000_000), (int)(number / 1_000 % 1_000), (int)(number % 1_000));

    /// <summary>The name of the host.</summary>
    public async Task<string> GetHostnameAsync(CancellationToken cancel = default) =>
        await Require<IConnectionInfo>().GetHostnameAsync(cancel).ConfigureAwait(false);

    /// <summary>What host and hypervisor can do, as a document.</summary>
    public async Task<string> GetCapabilitiesAsync(CancellationToken cancel = default) =>
        await Require<IHostCapabilities>().GetCapabilitiesAsync(cancel).ConfigureAwait(false);

    /// <summary>The host's processors and memory.</summary>
    public async Task<NodeInfo> GetNodeInfoAsync(CancellationToken cancel = default) =>
        await Require<INodeInfo>().GetNodeInfoAsync(cancel).ConfigureAwait(false);

    /// <summary>The domains that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<Domain>> ListDomainsAsync(
        ListDomainsFlags flags = default, CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<IDomainListing>().ListAllAsync(flags, cancel).ConfigureAwait(false), r => new Domain(this, r));

    /// <summary>The domain with this name.</summary>
    public async Task<Domain> GetDomainAsync(string name, CancellationToken cancel = default) =>
        new(this, await Require<IDomainLookup>().LookupByNameAsync(name, cancel).ConfigureAwait(false));

    /// <summary>The domain with this uuid.</summary>
    public async Task<Domain> GetDomainAsync(Uuid uuid, CancellationToken cancel = default) =>
        new(this, await Require<IDomainLookup>().LookupByUuidAsync(uuid, cancel).ConfigureAwait(false));

    /// <summary>The running domain with this id.</summary>
    public async Task<Domain> GetDomainAsync(int id, CancellationToken cancel = default) =>
        new(this, await Require<IDomainLookup>().LookupByIdAsync(id, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent domain of a document, or changes one.</summary>
    public async Task<Domain> DefineDomainAsync(string xml, DomainDefineFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<IDomainDefinition>().DefineAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Starts a domain that is gone when it stops.</summary>
    public async Task<Domain> CreateDomainAsync(string xml, DomainCreateFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<IDomainPower>().CreateTransientAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Statistics groups of the given domains, or of all.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<TypedParameter>>> GetStatisticsAsync(
        DomainStatsTypes groups = default, IEnumerable<Domain>? domains = null, CancellationToken cancel = default)
    {
        DomainRef[] which = [.. (domains ?? []).Select(d => d.Ref)];
        DomainStatistics[] all = await Require<IDomainBulkStatistics>().GetAllAsync(which, groups, default, cancel).ConfigureAwait(false);
        return all.ToDictionary(s => s.Domain.Name, s => (IReadOnlyList<TypedParameter>)s.Parameters);
    }

    /// <summary>The networks that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<Network>> ListNetworksAsync(ListNetworksFlags flags = default, CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<INetworkListing>().ListAllAsync(flags, cancel).ConfigureAwait(false), r => new Network(this, r));

    /// <summary>The network with this name.</summary>
    public async Task<Network> GetNetworkAsync(string name, CancellationToken cancel = default) =>
        new(this, await Require<INetworkLookup>().LookupByNameAsync(name, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent network of a document, or changes one.</summary>
    public async Task<Network> DefineNetworkAsync(string xml, NetworkDefineFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<INetworkLifecycle>().DefineAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>The pools that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<StoragePool>> ListStoragePoolsAsync(
        ListStoragePoolsFlags flags = default, CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<IStoragePoolListing>().ListAllAsync(flags, cancel).ConfigureAwait(false), r => new StoragePool(this, r));

    /// <summary>The pool with this name.</summary>
    public async Task<StoragePool> GetStoragePoolAsync(string name, CancellationToken cancel = default) =>
        new(this, await Require<IStoragePoolLookup>().LookupByNameAsync(name, cancel).ConfigureAwait(false));
}

using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Remote.Login;

namespace Vireo;

/// <summary>
/// A connection to a hypervisor: in this process for <c>test:///default</c>, through a daemon (vireod or libvirtd) for everything
/// else. Every method throws <see cref="VireoException"/> with libvirt's code, domain and level. Safe for use by many threads.
/// </summary>
public sealed partial class Connection : IAsyncDisposable
{
    readonly IDriverConnection driver;
    volatile bool closing;

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
            : new RemoteDriver(new RemoteOptions { Places = places, Settings = settings, Credentials = options.Credentials });
        Caller self = Caller.Self with { ReadOnly = options.ReadOnly, Logins = new CredentialLogins(places, parsed?["authfile"], options.Credentials) };
        IDriverConnection opened = await driver.OpenAsync(parsed, self, cancel).ConfigureAwait(false)
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
    public ValueTask DisposeAsync()
    {
        closing = true;
        return driver.DisposeAsync();
    }

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
}

using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Forward;
using Vireo.Remote.Login;
using Vireo.Rpc.Client;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>
/// A daemon's driver, as a driver connection: implements every capability by calls over a channel. Whether the daemon's driver
/// can do it shows when it is asked, as error NoSupport.
/// </summary>
public sealed class RemoteClient : ProgramClient, IDriverConnection, IDaemonFeatures, IFollowsIdentity
{
    readonly RemoteSessionCalls session;
    bool closed;

    RemoteClient(IRpcChannel channel) : base(channel)
    {
        session = new RemoteSessionCalls(this);
        QemuSession = new RemoteQemuSessionCalls(this);
        DomainEvents = new(this);
        NetworkEvents = new(this);
        StoragePoolEvents = new(this);
        NodeDeviceEvents = new(this);
        SecretEvents = new(this);
        MonitorEvents = new(this);
        Capabilities = RemoteCapabilities.Make(this);
        channel.Events = OnEvent;
    }

    /// <summary>The canonical URI that the daemon reports.</summary>
    public string Uri { get; private set; } = "";

    /// <inheritdoc/>
    public CapabilitySet Capabilities { get; }

    /// <summary>Whether everything passes TLS or a layer that the login negotiated; what ssh or the kernel protect is not ours to see.</summary>
    public bool IsEncrypted { get; internal set; }

    /// <summary>Whether the way to the daemon is one that nobody can listen on: a socket of this host, or ssh.</summary>
    public bool IsPrivate { get; internal set; }

    /// <summary>Whether the daemon understands keepalive pings.</summary>
    public bool KnowsKeepalive { get; private set; }

    /// <summary>
    /// Pings the daemon every <paramref name="interval"/> and gives the connection up after <paramref name="count"/> pings
    /// without an answer. False: this daemon does not know keepalive.
    /// </summary>
    public bool StartKeepalive(TimeSpan interval, int count)
    {
        if (KnowsKeepalive)
            Channel.StartKeepalive(interval, count);
        return KnowsKeepalive;
    }

    internal ISessionCalls Session => session;

    internal IQemuSessionCalls QemuSession { get; }

    /// <summary>Whether events carry callback ids.</summary>
    internal bool KnowsCallbackIds { get; private set; }

    /// <summary>The flag that says we understand text in typed parameters, where the daemon knows it.</summary>
    internal uint StringFlag { get; private set; }

    internal EventRegistry DomainEvents { get; }
    internal EventRegistry NetworkEvents { get; }
    internal EventRegistry StoragePoolEvents { get; }
    internal EventRegistry NodeDeviceEvents { get; }
    internal EventRegistry SecretEvents { get; }
    internal EventRegistry MonitorEvents { get; }
    internal CloseRegistry CloseEvents { get; } = new();

    /// <summary>
    /// Logs in and opens: AUTH_LIST, the method, keepalive, CONNECT_OPEN, GET_URI, features. An empty
    /// <paramref name="name"/> lets the daemon choose its driver. The channel is disposed of when this fails.
    /// </summary>
    public static ValueTask<RemoteClient> OpenAsync(IRpcChannel channel, string? name, bool readOnly, CancellationToken cancel) =>
        OpenAsync(channel, name, readOnly, RemoteLogin.None, cancel);

    /// <summary>As the other, with what a login may need.</summary>
    /// <param name="channel">The connection to the daemon.</param>
    /// <param name="name">The URI of the daemon's driver; empty: the daemon chooses.</param>
    /// <param name="readOnly">May look, not change.</param>
    /// <param name="login">What a login may need.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="answersPings">False: the daemon is not asked for keepalive, and then does not ping.</param>
    public static async ValueTask<RemoteClient> OpenAsync(
        IRpcChannel channel, string? name, bool readOnly, RemoteLogin login, CancellationToken cancel, bool answersPings = true)
    {
        try
        {
            var client = new RemoteClient(channel);
            await client.LogInAsync(login, cancel).ConfigureAwait(false);
            client.KnowsKeepalive = answersPings && await client.HasAsync(DriverFeature.ProgramKeepalive, cancel).ConfigureAwait(false);
            // Nothing is a name as well: libvirtd takes one that is left out for no opening.
            await client.session.OpenAsync(name ?? "", readOnly ? (uint)ConnectFlags.Ro : 0, cancel)
                .ConfigureAwait(false);
            client.Uri = await client.Capabilities.Find<IConnectionInfo>()!.GetUriAsync(cancel).ConfigureAwait(false);
            client.KnowsCallbackIds = await client.HasAsync(DriverFeature.RemoteEventCallback, cancel).ConfigureAwait(false);
            client.CloseEvents.Supported = await client.HasAsync(DriverFeature.RemoteCloseCallback, cancel).ConfigureAwait(false);
            client.StringFlag = await client.HasAsync(DriverFeature.TypedParamString, cancel).ConfigureAwait(false) ? 4u : 0;
            return client;
        }
        catch
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A client over a channel that opens what is behind it by itself, to daemons of this release or later.</summary>
    internal static RemoteClient Over(IRpcChannel channel) => new(channel) { KnowsCallbackIds = true, StringFlag = 4 };

    /// <summary>The channel, for who puts messages of his own on it.</summary>
    internal IRpcChannel Wire => Channel;

    /// <summary>Says to the daemon for whom this client calls from now on; only root and the daemon's own user may.</summary>
    public ValueTask TellIdentityAsync(Caller caller, CancellationToken cancel) =>
        Capabilities.Find<IConnectionIdentity>()!.SetIdentityAsync(WireIdentity.Of(caller), 0, cancel);

    /// <summary>Closes the channel without a goodbye: a daemon that does not answer holds nobody up.</summary>
    internal async ValueTask LeaveAsync()
    {
        closed = true;
        await Channel.DisposeAsync().ConfigureAwait(false);
        Behind?.Dispose();
    }

    async ValueTask LogInAsync(RemoteLogin login, CancellationToken cancel)
    {
        int[] methods = await session.ListLoginMethodsAsync(cancel).ConfigureAwait(false);
        string? insisted = login.Address.Login;
        LoginMethod? wanted = insisted is null ? null : insisted is "polkit" ? LoginMethod.Polkit : LoginMethod.Sasl;
        if (wanted is { } one && !methods.Contains((int)one))
            throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Remote, $"requested authentication type {insisted} rejected");
        switch (wanted ?? (methods.Length is 0 ? LoginMethod.None : (LoginMethod)methods[0]))
        {
            case LoginMethod.None:
                break;
            case LoginMethod.Polkit:
                await session.LogInByPolkitAsync(cancel).ConfigureAwait(false);
                break;
            case LoginMethod.Sasl:
                string? mechanism = insisted?.Split('.', 2) is [_, var name] ? name : null;
                if (await new SaslLogin(this, login).RunAsync(mechanism, cancel).ConfigureAwait(false) is { } layer)
                {
                    Channel.Protect(layer);
                    IsEncrypted = true;
                }
                break;
            default:
                throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Remote, $"unsupported authentication type {methods[0]}");
        }
    }

    /// <summary>What to dispose of after the channel.</summary>
    internal IDisposable? Behind { get; set; }

    /// <inheritdoc/>
    public async ValueTask<bool> HasAsync(DriverFeature feature, CancellationToken cancel)
    {
        try
        {
            return await session.SupportsFeatureAsync(feature, cancel).ConfigureAwait(false);
        }
        catch (VireoException e) when (e.Code is ErrorCode.NoSupport)
        {
            return false;
        }
    }

    void OnEvent(uint program, int procedure, ref XdrReader payload)
    {
        EventReader?[] readers = program switch
        {
            Procedures.Program => EventCodec.Readers,
            QemuProcedures.Program => EventCodec.QemuReaders,
            _ => [],
        };
        if ((uint)procedure < (uint)readers.Length)
            readers[procedure]?.Invoke(this, ref payload);
    }

    internal void Deliver(int callback, DomainEvent raised) => DomainEvents.Deliver(callback, raised);
    internal void Deliver(int callback, NetworkEvent raised) => NetworkEvents.Deliver(callback, raised);
    internal void Deliver(int callback, StoragePoolEvent raised) => StoragePoolEvents.Deliver(callback, raised);
    internal void Deliver(int callback, NodeDeviceEvent raised) => NodeDeviceEvents.Deliver(callback, raised);
    internal void Deliver(int callback, SessionEvent raised) => CloseEvents.Raise(((ConnectionClosedEvent)raised).Reason);
    internal void Deliver(int callback, QemuEvent raised) => MonitorEvents.Deliver(callback, (QemuMonitorEvent)raised);
    internal void Deliver(int callback, SecretEvent raised) => SecretEvents.Deliver(callback, raised);

    /// <summary>Says goodbye, if the daemon still listens, and closes the channel.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed)
            return;
        closed = true;
        if (!Channel.Closed.IsCompleted)
        {
            try
            {
                await session.CloseAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (VireoException)
            {
                // The daemon was faster than our goodbye.
            }
        }
        await Channel.DisposeAsync().ConfigureAwait(false);
        Behind?.Dispose();
    }
}

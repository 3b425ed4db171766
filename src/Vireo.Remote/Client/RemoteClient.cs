using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Custom;
using Vireo.Rpc.Client;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

/// <summary>
/// A daemon's driver, as a driver connection: implements every capability by calls over a channel. Whether the daemon's driver
/// can do it shows when it is asked, as error NoSupport.
/// </summary>
public sealed class RemoteClient : IDriverConnection
{
    readonly IRpcChannel channel;
    readonly RemoteSessionCalls session;
    bool closed;

    RemoteClient(IRpcChannel channel)
    {
        this.channel = channel;
        session = new RemoteSessionCalls(this);
        DomainEvents = new(this);
        NetworkEvents = new(this);
        StoragePoolEvents = new(this);
        NodeDeviceEvents = new(this);
        SecretEvents = new(this);
        Capabilities = RemoteCapabilities.Make(this);
        channel.Events = OnEvent;
    }

    /// <summary>The canonical URI that the daemon reports.</summary>
    public string Uri { get; private set; } = "";

    /// <inheritdoc/>
    public CapabilitySet Capabilities { get; }

    /// <summary>Completes when the connection ends: with the reason, or null after a clean close.</summary>
    public Task<VirError?> Closed => channel.Closed;

    /// <summary>Whether the daemon understands keepalive pings.</summary>
    public bool KnowsKeepalive { get; private set; }

    /// <summary>
    /// Pings the daemon every <paramref name="interval"/> and gives the connection up after <paramref name="count"/> pings
    /// without an answer. False: this daemon does not know keepalive.
    /// </summary>
    public bool StartKeepalive(TimeSpan interval, int count)
    {
        if (KnowsKeepalive)
            channel.StartKeepalive(interval, count);
        return KnowsKeepalive;
    }

    internal ISessionCalls Session => session;

    /// <summary>Whether events carry callback ids.</summary>
    internal bool KnowsCallbackIds { get; private set; }

    /// <summary>The flag that says we understand text in typed parameters, where the daemon knows it.</summary>
    internal uint StringFlag { get; private set; }

    internal EventRegistry<DomainEvent> DomainEvents { get; }
    internal EventRegistry<NetworkEvent> NetworkEvents { get; }
    internal EventRegistry<StoragePoolEvent> StoragePoolEvents { get; }
    internal EventRegistry<NodeDeviceEvent> NodeDeviceEvents { get; }
    internal EventRegistry<SecretEvent> SecretEvents { get; }
    internal CloseRegistry CloseEvents { get; } = new();

    /// <summary>
    /// Logs in and opens: AUTH_LIST, the method, keepalive, CONNECT_OPEN, GET_URI, features. An empty
    /// <paramref name="name"/> lets the daemon choose its driver. The channel is disposed of when this fails.
    /// </summary>
    public static async ValueTask<RemoteClient> OpenAsync(IRpcChannel channel, string? name, bool readOnly, CancellationToken cancel)
    {
        try
        {
            var client = new RemoteClient(channel);
            await client.LogInAsync(cancel).ConfigureAwait(false);
            client.KnowsKeepalive = await client.HasAsync(DriverFeature.ProgramKeepalive, cancel).ConfigureAwait(false);
            await client.session.OpenAsync(string.IsNullOrEmpty(name) ? null : name, readOnly ? (uint)ConnectFlags.Ro : 0, cancel)
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

    async ValueTask LogInAsync(CancellationToken cancel)
    {
        int[] methods = await session.ListLoginMethodsAsync(cancel).ConfigureAwait(false);
        switch (methods.Length is 0 ? LoginMethod.None : (LoginMethod)methods[0])
        {
            case LoginMethod.None:
                break;
            case LoginMethod.Polkit:
                await session.LogInByPolkitAsync(cancel).ConfigureAwait(false);
                break;
            default:
                throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Remote,
                    $"unsupported authentication type {methods[0]}");
        }
    }

    /// <summary>Asks for a feature; older daemons that do not know the question do not have it.</summary>
    async ValueTask<bool> HasAsync(DriverFeature feature, CancellationToken cancel)
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

    internal XdrWriter BeginCall(int procedure) => channel.BeginCall(Procedures.Program, Procedures.Version, procedure);

    internal ValueTask<T> CallAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        channel.CallAsync(ref call, decoder, cancel);

    internal ValueTask RunAsync(ref XdrWriter call, CancellationToken cancel)
    {
        ValueTask<bool> reply = channel.CallAsync(ref call, static (ref XdrReader _) => true, cancel);
        if (!reply.IsCompletedSuccessfully)
            return new(reply.AsTask());
        _ = reply.Result;
        return default;
    }

    internal ValueTask<IStreamHandler> OpenStreamAsync(ref XdrWriter call, IStreamSink sink, bool sparse, CancellationToken cancel) =>
        StreamPump.StartAsync(channel.OpenStreamAsync(ref call, static (ref XdrReader _) => true, cancel), sink, sparse);

    internal ValueTask<WithStream<T>> OpenStreamAsync<T>(
        ref XdrWriter call, IStreamSink sink, bool sparse, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        StreamPump.StartWithResultAsync(channel.OpenStreamAsync(ref call, decoder, cancel), sink, sparse);

    internal ValueTask RunWithFilesAsync(ref XdrWriter call, SafeFileHandle[] files, CancellationToken cancel) =>
        Bare(channel.CallWithFilesAsync(ref call, files, static (ref XdrReader _) => true, cancel));

    internal ValueTask<T> CallWithFilesAsync<T>(ref XdrWriter call, SafeFileHandle[] files, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        Only(channel.CallWithFilesAsync(ref call, files, decoder, cancel));

    internal ValueTask<SafeFileHandle> CallForFileAsync(ref XdrWriter call, SafeFileHandle[] files, CancellationToken cancel) =>
        One(channel.CallWithFilesAsync(ref call, files, static (ref XdrReader _) => true, cancel));

    internal ValueTask<SafeFileHandle[]> CallForFilesAsync(ref XdrWriter call, SafeFileHandle[] files, CancellationToken cancel) =>
        All(channel.CallWithFilesAsync(ref call, files, static (ref XdrReader _) => true, cancel));

    internal ValueTask<WithFiles<T>> CallForBothAsync<T>(
        ref XdrWriter call, SafeFileHandle[] files, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        Both(channel.CallWithFilesAsync(ref call, files, decoder, cancel));

    static async ValueTask Bare(ValueTask<RepliedFiles<bool>> reply) => Drop((await reply.ConfigureAwait(false)).Files);

    static async ValueTask<T> Only<T>(ValueTask<RepliedFiles<T>> reply)
    {
        RepliedFiles<T> got = await reply.ConfigureAwait(false);
        Drop(got.Files);
        return got.Result;
    }

    static async ValueTask<SafeFileHandle> One(ValueTask<RepliedFiles<bool>> reply)
    {
        SafeFileHandle[] files = (await reply.ConfigureAwait(false)).Files;
        if (files.Length is 0)
            throw VireoException.Internal(ErrorDomain.Rpc, "no file descriptor received");
        Drop(files.AsSpan(1));
        return files[0];
    }

    static async ValueTask<SafeFileHandle[]> All(ValueTask<RepliedFiles<bool>> reply) => (await reply.ConfigureAwait(false)).Files;

    static async ValueTask<WithFiles<T>> Both<T>(ValueTask<RepliedFiles<T>> reply)
    {
        RepliedFiles<T> got = await reply.ConfigureAwait(false);
        return new(got.Result, got.Files);
    }

    /// <summary>Closes descriptors that nobody asked for.</summary>
    static void Drop(ReadOnlySpan<SafeFileHandle> files)
    {
        foreach (SafeFileHandle file in files)
            file.Dispose();
    }

    void OnEvent(uint program, int procedure, ref XdrReader payload)
    {
        if (program is not Procedures.Program || (uint)procedure >= Procedures.Size)
            return;
        EventCodec.Readers[procedure]?.Invoke(this, ref payload);
    }

    internal void Deliver(int callback, DomainEvent raised) => DomainEvents.Deliver(callback, raised);
    internal void Deliver(int callback, NetworkEvent raised) => NetworkEvents.Deliver(callback, raised);
    internal void Deliver(int callback, StoragePoolEvent raised) => StoragePoolEvents.Deliver(callback, raised);
    internal void Deliver(int callback, NodeDeviceEvent raised) => NodeDeviceEvents.Deliver(callback, raised);
    internal void Deliver(int callback, SessionEvent raised) => CloseEvents.Raise(((ConnectionClosedEvent)raised).Reason);
    internal void Deliver(int callback, SecretEvent raised) => SecretEvents.Deliver(callback, raised);

    /// <summary>Says goodbye, if the daemon still listens, and closes the channel.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed)
            return;
        closed = true;
        if (!channel.Closed.IsCompleted)
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
        await channel.DisposeAsync().ConfigureAwait(false);
    }
}

using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Client;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote.Forward;

/// <summary>
/// The way of one client to the daemons of networks, storage and so on: each procedure goes to its own daemon, to which a connection is opened with
/// the first call, and again if that daemon was started anew.
/// </summary>
sealed class SecondaryChannel(Forwarder forwarder, Caller caller, Action<VirError> lost) : IRpcChannel
{
    readonly Lock gate = new();
    readonly Dictionary<string, Task<RemoteClient>> opened = [];
    readonly TaskCompletionSource<VirError?> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly HashSet<RemoteClient> listening = [];
    Caller caller = caller;
    bool disposed;

    /// <inheritdoc/>
    public EventReceiver? Events { get; set; }

    /// <inheritdoc/>
    public Task<VirError?> Closed => closed.Task;

    /// <summary>A call that is of no connection yet: three words say which it is, and its arguments follow.</summary>
    public XdrWriter BeginCall(uint program, uint version, int procedure)
    {
        var call = new XdrWriter(256);
        call.WriteUInt(program);
        call.WriteUInt(version);
        call.WriteInt(procedure);
        return call;
    }

    /// <inheritdoc/>
    public ValueTask<T> CallAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        Letter letter = Take(ref call);
        if (Families.Deregisters(letter.Procedure) && !Listens(letter))
        {
            // The daemon that knew of it is gone.
            var nothing = new XdrReader([]);
            return new(decoder(ref nothing));
        }
        return SendAsync(letter, (IRpcChannel to, ref XdrWriter whole) => to.CallAsync(ref whole, decoder, cancel), cancel);
    }

    bool Listens(Letter letter)
    {
        lock (gate)
            return Families.DriverOf(letter.Program, letter.Procedure) is { } driver && opened.TryGetValue(driver, out Task<RemoteClient>? client)
                && client.IsCompletedSuccessfully && listening.Contains(client.Result);
    }

    /// <inheritdoc/>
    public ValueTask<OpenedStream<T>> OpenStreamAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        SendAsync(Take(ref call), (IRpcChannel to, ref XdrWriter whole) => to.OpenStreamAsync(ref whole, decoder, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask<RepliedFiles<T>> CallWithFilesAsync<T>(
        ref XdrWriter call, IReadOnlyList<SafeFileHandle> files, ReplyDecoder<T> decoder, CancellationToken cancel) =>
        SendAsync(Take(ref call), (IRpcChannel to, ref XdrWriter whole) => to.CallWithFilesAsync(ref whole, files, decoder, cancel), cancel);

    delegate ValueTask<T> Sender<T>(IRpcChannel to, ref XdrWriter call);

    readonly record struct Letter(uint Program, uint Version, int Procedure, byte[] Arguments);

    static Letter Take(ref XdrWriter call)
    {
        var words = new XdrReader(call.Written);
        var letter = new Letter(words.ReadUInt(), words.ReadUInt(), words.ReadInt(), call.Written[12..].ToArray());
        call.Dispose();
        return letter;
    }

    async ValueTask<T> SendAsync<T>(Letter letter, Sender<T> send, CancellationToken cancel)
    {
        string driver = Families.DriverOf(letter.Program, letter.Procedure)
            ?? throw new System.Diagnostics.UnreachableException($"procedure {letter.Procedure} is no secondary driver's");
        RemoteClient client = await OpenedAsync(driver, cancel).ConfigureAwait(false);
        T answer = await Put(client.Wire, letter, send).ConfigureAwait(false);
        if (Families.Registers(letter.Procedure))
            lock (gate)
                listening.Add(client);
        return answer;
    }

    static ValueTask<T> Put<T>(IRpcChannel to, Letter letter, Sender<T> send)
    {
        XdrWriter call = to.BeginCall(letter.Program, letter.Version, letter.Procedure);
        letter.Arguments.CopyTo(call.Reserve(letter.Arguments.Length));
        return send(to, ref call);
    }

    Task<RemoteClient> OpenedAsync(string driver, CancellationToken cancel)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (opened.TryGetValue(driver, out Task<RemoteClient>? before)
                && (!before.IsCompleted || (before.IsCompletedSuccessfully && !before.Result.Closed.IsCompleted)))
                return before.WaitAsync(cancel);
            // Several calls wait for one opening: none of them takes it along when it gives up.
            Task<RemoteClient> opening = OpenAsync(driver, caller);
            opened[driver] = opening;
            return opening.WaitAsync(cancel);
        }
    }

    async Task<RemoteClient> OpenAsync(string driver, Caller who)
    {
        string daemon = forwarder.DaemonOf(driver) ?? throw new VireoException(ErrorCode.NoConnect, ErrorDomain.None, $"{driver}:///{forwarder.Mode}");
        RemoteClient client = await forwarder.OpenAsync(daemon, $"{driver}:///{forwarder.Mode}", who, CancellationToken.None).ConfigureAwait(false);
        client.Wire.Events = (uint program, int procedure, ref XdrReader payload) => Events?.Invoke(program, procedure, ref payload);
        bool late;
        Caller now;
        lock (gate)
            (late, now) = (disposed, caller);
        if (late)
            await client.LeaveAsync().ConfigureAwait(false);
        else if (now != who)
            await client.TellIdentityAsync(now, CancellationToken.None).ConfigureAwait(false);
        _ = WatchAsync(client);
        return client;
    }

    /// <summary>Who listens for events of a daemon that ends hears no more of them: he is told as of a connection that was closed.</summary>
    async Task WatchAsync(RemoteClient client)
    {
        VirError? why = await client.Closed.ConfigureAwait(false);
        bool listened;
        lock (gate)
            listened = listening.Remove(client);
        if (why is not null && listened)
            lost(why);
    }

    /// <summary>From now on calls are this caller's.</summary>
    internal async ValueTask TellIdentityAsync(Caller now, CancellationToken cancel)
    {
        Task<RemoteClient>[] all;
        lock (gate)
        {
            caller = now;
            all = [.. opened.Values];
        }
        foreach (Task<RemoteClient> one in all)
        {
            // One that is being opened may have been told of the caller before.
            await Task.WhenAny(one).WaitAsync(cancel).ConfigureAwait(false);
            if (one.IsCompletedSuccessfully && !one.Result.Closed.IsCompleted)
                await one.Result.TellIdentityAsync(now, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Never called: each connection behind this one is pinged by itself.</summary>
    public void StartKeepalive(TimeSpan interval, int count)
    {
    }

    /// <summary>Never called: each connection behind this one logs in for itself, over a unix socket.</summary>
    public void Protect(ISecurityLayer layer) => throw new NotSupportedException("the daemons of one host talk in clear");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task<RemoteClient>[] all;
        lock (gate)
        {
            if (disposed)
                return;
            disposed = true;
            all = [.. opened.Values];
        }
        closed.TrySetResult(null);
        foreach (Task<RemoteClient> one in all)
        {
            if (one.IsCompletedSuccessfully)
                await one.Result.LeaveAsync().ConfigureAwait(false);
        }
    }
}

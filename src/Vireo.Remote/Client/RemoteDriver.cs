using System.Diagnostics.CodeAnalysis;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.Remote.Login;
using Vireo.Remote.Transports;
using Vireo.Rpc.Client;
using Vireo.Rpc.Client.Wires;

namespace Vireo.Remote;

/// <summary>How a client reaches daemons.</summary>
public sealed record RemoteOptions
{
    /// <summary>
    /// True: every call completes before it returns, on its caller's thread, and the thread pool is never touched. False: pipelines, for .NET programs.
    /// </summary>
    public bool Blocking { get; init; }

    /// <summary>
    /// Somebody reads what comes in while no call waits. False: the daemon is not told that we know its pings, for nobody would answer them, and it would hang up.
    /// </summary>
    public bool AnswersPings { get; init; } = true;

    /// <summary>Where sockets and this user's files are.</summary>
    public RemotePlaces Places { get; init; } = RemotePlaces.OfThisProcess();

    /// <summary>The client's settings; null: those of libvirt.conf.</summary>
    public ClientSettings? Settings { get; init; }

    /// <summary>Who can be asked when a daemon or ssh server wants to know something; null: nobody.</summary>
    public ICredentialSource? Credentials { get; init; }

    /// <summary>Opens ways to daemons; null: as their addresses say.</summary>
    internal Func<RemoteAddress, Link>? Opener { get; init; }

    internal Link Open(RemoteAddress to) => Opener?.Invoke(to) ?? Link.Open(to, Places, Credentials);
}

/// <summary>
/// The driver of clients: hands every operation to a daemon. It takes every URI, so it stands last in a <see cref="DriverSet"/>.
/// </summary>
public sealed class RemoteDriver(RemoteOptions options) : IDriver
{
    /// <summary>True in programs that are compiled with nothing but the blocking transport: the other one, with its tasks and pipelines, is then not part of them.</summary>
    [FeatureSwitchDefinition("Vireo.Remote.IsAlwaysBlocking")]
    static bool IsAlwaysBlocking => AppContext.TryGetSwitch("Vireo.Remote.IsAlwaysBlocking", out bool always) && always;

    /// <inheritdoc/>
    public string Type => "remote";

    /// <summary>The driver for .NET programs: asynchronous, with the sockets of this host.</summary>
    public static RemoteDriver Asynchronous() => new(new RemoteOptions());

    /// <summary>The driver that always completes before it returns and never touches the thread pool.</summary>
    public static RemoteDriver Blocking() => new(new RemoteOptions { Blocking = true, AnswersPings = false });

    /// <inheritdoc/>
    public async ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        RemoteAddress to = RemoteAddress.Of(uri, caller.ReadOnly, options.Places, options.Settings ?? ClientSettings.Load(options.Places));
        Link link = IsAlwaysBlocking || options.Blocking || to is { Transport: RemoteTransport.Unix, SessionDaemon: null }
            ? options.Open(to)
            : await LaterAsync(to, cancel).ConfigureAwait(false);
        try
        {
            IRpcChannel channel = IsAlwaysBlocking || options.Blocking
                ? link.Session is { } session ? new BlockingRpcChannel(session) : new BlockingRpcChannel(link.Socket)
                : AsyncRpcChannel.Over(link.Session is { } pumped ? WirePump.Start(pumped) : link.Socket);
            if (link.Layer is { } layer)
                channel.Protect(layer);
            RemoteClient client = await RemoteClient.OpenAsync(
                channel, to.Name, caller.ReadOnly, new RemoteLogin(to, options.Places, options.Credentials), cancel, options.AnswersPings).ConfigureAwait(false);
            client.Behind = link;
            client.IsEncrypted |= link.Layer is not null;
            client.IsPrivate = to.Transport is RemoteTransport.Unix or RemoteTransport.Ssh or RemoteTransport.LibSsh or RemoteTransport.LibSsh2;
            return client;
        }
        catch (VireoException failure)
        {
            VireoException explained = link.Explain(failure);
            link.Dispose();
            if (explained == failure)
                throw;
            throw explained;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <summary>Connecting may take long, and nothing that does it can be told to stop: who gives up leaves it to itself.</summary>
    async ValueTask<Link> LaterAsync(RemoteAddress to, CancellationToken cancel)
    {
        Task<Link> opening = Task.Run(() => options.Open(to), CancellationToken.None);
        try
        {
            return await opening.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = opening.ContinueWith(static late => DropLate(late), TaskScheduler.Default);
            throw;
        }
    }

    static void DropLate(Task<Link> late)
    {
        if (late.Exception is null)
        {
            late.Result.CloseSocket();
            late.Result.Dispose();
        }
    }
}

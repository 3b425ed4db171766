using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Network.Capabilities;
using Vireo.Drivers.Network.Start;
using Vireo.Host.Files;

namespace Vireo.Drivers.Network;

/// <summary>
/// Networks of guests: <c>network:///system</c> for the system's daemon, <c>network:///session</c> for a user's, and part of what a hypervisor's connection in
/// the same process offers.
/// </summary>
public sealed class NetworkDriver : IDriver, IAsyncDisposable
{
    readonly NetworkKeeper keeper;
    readonly CancellationTokenSource stopping = new();
    FileLock? held;
    Task settled = Task.CompletedTask, watching = Task.CompletedTask;
    bool stopped;

    NetworkDriver(NetworkKeeper keeper) => this.keeper = keeper;

    /// <summary>Makes the driver; nothing is read or started yet.</summary>
    public static NetworkDriver Create(NetworkDriverOptions options) => new(new NetworkKeeper(options));

    /// <summary>The flows of this driver, whose steps tests go through.</summary>
    public static IReadOnlyList<Hypervisor.Flows.IFlow> Flows => [StartFlow.Steps, StopFlow.Steps];

    /// <inheritdoc/>
    public string Type => "network";

    /// <summary>What it offers, for connections of hypervisors in the same process.</summary>
    public CapabilitySet Offers => NetworkConnection.Parts(keeper);

    /// <summary>A connection for other drivers of this process.</summary>
    public IDriverConnection OpenOwn() => new NetworkConnection(keeper, $"network://{Path}");

    string Path => keeper.Options.Paths.Privileged ? "/system" : "/session";

    /// <summary>
    /// Loads definitions and takes over what is active. Returns as soon as clients may come; <see cref="Settled"/> completes when rules and processes
    /// of active networks are looked after and those of the autostart list are started.
    /// </summary>
    /// <exception cref="VireoException">Another daemon has these networks.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        AtomicFile.MakeFolder(keeper.Paths.StateDir);
        held = FileLock.TryTake(keeper.Paths.LockFile) ?? throw VireoException.Internal(
            ErrorDomain.Network, $"Failed to acquire pid file '{keeper.Paths.LockFile}': another daemon uses it");
        await TakeOver.RunAsync(keeper, cancel).ConfigureAwait(false);
        settled = Task.Run(() => TakeOver.SettleAsync(keeper, stopping.Token), CancellationToken.None);
        if (keeper.Options.Paths.Privileged)
            watching = Task.Run(() => new NetworkWatch(keeper).RunAsync(stopping.Token), CancellationToken.None);
    }

    /// <summary>Completes when active networks are looked after and autostart is done.</summary>
    public Task Settled => settled;

    /// <summary>Reads definitions that somebody else wrote, and puts the rules of active networks in again.</summary>
    public Task ReloadAsync() => TakeOver.ReloadAsync(keeper, stopping.Token);

    /// <summary>Lets go of all networks; they go on.</summary>
    public async Task StopAsync()
    {
        if (stopped)
            return;
        stopped = true;
        await stopping.CancelAsync().ConfigureAwait(false);
        await settled.ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        foreach (State.VirtualNetwork network in keeper.Networks.All)
            network.Server?.Dispose();
        held?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        keeper.Dispose();
        stopping.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel)
    {
        if (uri is not { Driver: "network", Host: null })
            return new((IDriverConnection?)null);
        if (uri.Path != Path)
            throw VireoException.Internal(ErrorDomain.Network, uri.Path.Length == 0
                ? $"no network URI path given, try network://{Path}"
                : $"unexpected network URI path '{uri.Path}', try network://{Path}");
        return new(new NetworkConnection(keeper, $"network://{Path}"));
    }
}

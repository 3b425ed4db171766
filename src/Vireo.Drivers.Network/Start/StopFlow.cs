using Vireo.Driver;
using Vireo.Drivers.Network.Firewall;
using Vireo.Drivers.Network.Ports;
using Vireo.Drivers.Network.State;
using Vireo.Host.Files;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>
/// Takes a network down, or what a daemon before this one left of one. The status goes last: if this daemon dies in between, the next one goes on.
/// </summary>
static class StopFlow
{
    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => flow;

    static readonly Flow<NetworkRun> flow = new Flow<NetworkRun>("net-stop")
        .Always("mark", static run => run.Keeper.SaveStatus(run.Network, run.Live, unfinished: true))
        .Always("limits", static run => BridgeLimits.ClearAsync(run.Keeper, run.Live))
        .Always("ending", EndServer)
        .Always("bridge", static run => { if (run.OwnsBridge) BridgeDevice.Remove(run.Live); })
        .Always("firewall", static run =>
        {
            BridgeZone.Clear(run.Live);
            return run.Rules is { Count: > 0 } rules ? run.Keeper.Filter.RemoveAsync(rules) : default;
        })
        .Always("server", ServerEndedAsync)
        .Always("told", static run => run.Keeper.Hooks.TellAsync("stopped", run.Live))
        .Always("files", RemoveFiles)
        .Always("status", static run => run.Keeper.Store.DeleteStatus(run.Live.Name))
        .Always("publish", Publish);

    /// <summary>Stops a network whose turn the caller has.</summary>
    internal static async ValueTask RunAsync(NetworkKeeper keeper, VirtualNetwork network, NetworkDef live)
    {
        NetworkRef told = network.Ref;
        await flow.RunAsync(new NetworkRun(keeper, network, live), keeper.Flows, CancellationToken.None).ConfigureAwait(false);
        keeper.Tell(told, NetworkEventType.Stopped);
    }

    /// <summary>Takes away what a crash left; nobody is told.</summary>
    internal static async ValueTask SweepAsync(NetworkKeeper keeper, VirtualNetwork network, NetworkDef live) =>
        await flow.RunAsync(new NetworkRun(keeper, network, live), keeper.Flows, CancellationToken.None).ConfigureAwait(false);

    // It is told to end, and waited for when what takes the kernel longest is done.
    static void EndServer(NetworkRun run)
    {
        if (!run.HasServer)
            return;
        NameServer server = run.Network.Server ?? new NameServer(run.Keeper, run.Network);
        if (server.Pid == 0)
            server.Adopt(run.Live);
        run.Ending = server.StopAsync().AsTask();
    }

    static async ValueTask ServerEndedAsync(NetworkRun run)
    {
        if (run.Ending is not { } ending)
            return;
        await ending.ConfigureAwait(false);
        run.Network.Server = null;
        if (Directory.Exists(run.Keeper.Paths.PidDir))
            AtomicFile.Delete(run.Keeper.Paths.PidFile(run.Live.Name), durable: false);
    }

    // One that is not kept is gone with it.
    static void Publish(NetworkRun run)
    {
        if (run.Network.State.IsPersistent)
            run.Network.Become(static state => state with { Live = null, Ports = state.Ports.Clear() });
        else
            run.Keeper.Remove(run.Network);
    }

    static void RemoveFiles(NetworkRun run)
    {
        run.Keeper.Store.DeletePorts(run.Live.Name);
        if (run.OwnsBridge && Directory.Exists(run.Keeper.Paths.DnsmasqDir))
            AtomicFile.Delete(run.Keeper.Paths.MacFile(run.Bridge), durable: false);
    }
}

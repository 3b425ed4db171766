using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Network.Firewall;
using Vireo.Drivers.Network.Ports;
using Vireo.Drivers.Network.State;
using Vireo.Host.Files;
using Vireo.Host.Network;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>From a definition to an active network, step by step, each with what undoes it.</summary>
static class StartFlow
{
    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => flow;

    static readonly Flow<NetworkRun> flow = new Flow<NetworkRun>("net-start")
        .Step("asked", static (run, cancel) => run.Keeper.Hooks.AskAsync("start", run.Live, null, cancel))
        .Step("plan", Plan)
        .Step("status", static run => run.Keeper.SaveStatus(run.Network, run.Live, unfinished: true), static run => run.Keeper.Store.DeleteStatus(run.Live.Name))
        .Step("bridge", static run => { if (run.OwnsBridge) BridgeDevice.Make(run.Live); }, static run => { if (run.OwnsBridge) BridgeDevice.Remove(run.Live); })
        .Step("settings", static run => { if (run.OwnsBridge) BridgeDevice.Settle(run.Live); })
        .Step("firewall", GuardAsync, UnguardAsync)
        .Step("addresses", static run => { if (run.OwnsBridge) BridgeDevice.Address(run.Live); })
        .Step("forwarding", static run => { if (run.OwnsBridge) BridgeDevice.Forward(run.Live); })
        .Step("macs", ResetMacs)
        .Step("server", ServeAsync, static run => run.Network.Server?.StopAsync() ?? default)
        .Step("limits", static (run, cancel) => BridgeLimits.SetAsync(run.Keeper, run.Live, cancel), static run => BridgeLimits.ClearAsync(run.Keeper, run.Live))
        .Step("started", static (run, cancel) => run.Keeper.Hooks.AskAsync("started", run.Live, null, cancel))
        .Step("active", static run => run.Network.Become(state => state with { Live = run.Live, Ports = state.Ports.Clear() }),
            static run => run.Network.Become(static state => state with { Live = null }))
        .Step("saved", static run => run.Keeper.SaveStatus(run.Network, run.Live));

    /// <summary>Starts a network whose turn the caller has.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="network">The network.</param>
    /// <param name="definition">What it shall be.</param>
    /// <param name="cancel">Gives up, and leaves nothing.</param>
    internal static async ValueTask RunAsync(NetworkKeeper keeper, VirtualNetwork network, NetworkDef definition, CancellationToken cancel)
    {
        await flow.RunAsync(new NetworkRun(keeper, network, definition), keeper.Flows, cancel).ConfigureAwait(false);
        keeper.Tell(network.Ref, NetworkEventType.Started);
    }

    static void Plan(NetworkRun run)
    {
        NetworkDef network = run.Live;
        if (Definition.Kinds.OwnsBridge(network))
        {
            BridgeZone.Check(network);
            SubnetConflicts.Check(network);
        }
        run.Live = FunctionPool.Fill(WithPorts(network));
    }

    static async ValueTask GuardAsync(NetworkRun run, CancellationToken cancel)
    {
        if (run.Rules is { Count: > 0 } rules)
            await run.Keeper.Filter.AddAsync(rules, cancel).ConfigureAwait(false);
        try
        {
            BridgeZone.Set(run.Keeper, run.Live);
        }
        catch (VireoException)
        {
            await UnguardAsync(run).ConfigureAwait(false);      // a step that fails is not undone
            throw;
        }
    }

    static ValueTask UnguardAsync(NetworkRun run)
    {
        BridgeZone.Clear(run.Live);
        return run.Rules is { Count: > 0 } rules ? run.Keeper.Filter.RemoveAsync(rules) : default;
    }

    /// <summary>The ports that NAT uses are told as soon as it does.</summary>
    static NetworkDef WithPorts(NetworkDef network) => network.Forward is { Mode: ForwardMode.Nat } forward && forward.Nat?.Port is null
        ? network with { Forward = forward with { Nat = (forward.Nat ?? new ForwardNat()) with { Port = new NatPorts { Start = 1024, End = 65535 } } } }
        : network;

    static void ResetMacs(NetworkRun run)
    {
        run.Keeper.Store.DeletePorts(run.Live.Name);
        if (run.OwnsBridge && Directory.Exists(run.Keeper.Paths.DnsmasqDir))
            AtomicFile.Delete(run.Keeper.Paths.MacFile(run.Bridge), durable: false);
    }

    static async ValueTask ServeAsync(NetworkRun run, CancellationToken cancel)
    {
        if (!run.HasServer)
            return;
        run.Network.Server = new NameServer(run.Keeper, run.Network);
        await run.Network.Server.StartAsync(run.Live, cancel).ConfigureAwait(false);
    }
}

using Vireo.Core.Errors;
using Vireo.Drivers.Network.Definition;
using Vireo.Drivers.Network.Firewall;
using Vireo.Drivers.Network.Ports;
using Vireo.Drivers.Network.State;
using Vireo.Host.Files;
using Vireo.Host.Network;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>What a daemon does with the networks of the one before it.</summary>
static class TakeOver
{
    /// <summary>Reads what is there. A network whose start or stop was cut off is taken down, and so is one that has lost its bridge.</summary>
    public static async ValueTask RunAsync(NetworkKeeper keeper, CancellationToken cancel)
    {
        if (keeper.Options.Paths.Privileged && !Directory.Exists(keeper.Paths.ConfigDir))
            ShippedNetwork.Define(keeper);
        Loaded<Stored<NetworkDef>> kept = keeper.Store.Definitions.LoadAll();
        foreach ((NetworkDef network, bool autostart) in kept.Found)
            Try(keeper, keeper.Paths.DefinitionFile(network.Name), () => keeper.Networks.Add(
                new NetworkState { Kept = Whole(keeper, network), Autostart = autostart }));
        Loaded<Stored<NetworkStatus>> active = keeper.Store.LoadStatuses();
        foreach (LoadProblem problem in (IEnumerable<LoadProblem>)[.. kept.Problems, .. active.Problems])
            keeper.Log.Problem(problem);
        foreach ((NetworkStatus status, _) in active.Found)
        {
            cancel.ThrowIfCancellationRequested();
            NetworkDef live = status.Network;
            if (keeper.Networks.Find(live.Uuid!.Value) is not { } network)
            {
                if (keeper.Networks.Find(live.Name) is not null)
                {
                    keeper.Log.Problem(new LoadProblem(keeper.Paths.StatusFile(live.Name), "another network has this name"));
                    continue;
                }
                network = keeper.Networks.Add(new NetworkState { Coming = live });
            }
            if (status.Unfinished is true || Kinds.OwnsBridge(live) && !NetworkLinks.Exists(BridgeDevice.NameOf(live)))
                await StopFlow.SweepAsync(keeper, network, live).ConfigureAwait(false);
            else
                Adopt(keeper, network, live);
        }
    }

    /// <summary>A definition that somebody wrote by hand gets what it lacks, once and for all.</summary>
    static NetworkDef Whole(NetworkKeeper keeper, NetworkDef network)
    {
        NetworkDef whole = Completion.Choose(network, keeper.Networks.All);
        if (whole != network)
            keeper.Store.Save(whole);
        return whole;
    }

    static void Adopt(NetworkKeeper keeper, VirtualNetwork network, NetworkDef live)
    {
        Loaded<Stored<NetworkPortDef>> ports = keeper.Store.LoadPorts(live.Name);
        foreach (LoadProblem problem in ports.Problems)
            keeper.Log.Problem(problem);
        network.Become(state => state with { Live = live, Coming = null, Ports = state.Ports.AddRange(ports.Found.Select(static port => KeyValuePair.Create(port.Def.Uuid, port.Def))) });
        if (!NetworkKeeper.HasServer(live))
            return;
        network.Server = new NameServer(keeper, network);
        network.Server.Adopt(live);
    }

    /// <summary>Looks after rules and processes of active networks, and starts those that start with the host.</summary>
    public static async Task SettleAsync(NetworkKeeper keeper, CancellationToken cancel)
    {
        foreach (VirtualNetwork network in keeper.Networks.All)
            await TryAsync(keeper, network, () => RestoreAsync(keeper, network, cancel), cancel).ConfigureAwait(false);
        if (File.Exists(keeper.Paths.AutostartedFile) || cancel.IsCancellationRequested)
            return;
        AtomicFile.Write(keeper.Paths.AutostartedFile, "", durable: false);
        foreach (VirtualNetwork network in keeper.Networks.All)
            if (network.State is { Autostart: true, IsActive: false })
                await TryAsync(keeper, network, () => network.State is { IsActive: false, Kept: { } kept } ? StartFlow.RunAsync(keeper, network, kept, cancel) : default, cancel)
                    .ConfigureAwait(false);
    }

    /// <summary>After SIGHUP: definitions that somebody else wrote, and rules that somebody else may have flushed.</summary>
    public static async Task ReloadAsync(NetworkKeeper keeper, CancellationToken cancel)
    {
        keeper.Filter.Forget();
        Loaded<Stored<NetworkDef>> kept = keeper.Store.Definitions.Read();
        foreach (LoadProblem problem in kept.Problems)
            keeper.Log.Problem(problem);
        foreach ((NetworkDef network, bool autostart) in kept.Found)
            Try(keeper, keeper.Paths.DefinitionFile(network.Name), () =>
            {
                NetworkDef whole = Whole(keeper, network.Uuid is null ? network with { Uuid = keeper.Networks.Find(network.Name)?.Uuid } : network);
                keeper.Networks.Claim(whole, out _, () => new NetworkState { Kept = whole })
                    .Become(state => state with { Kept = whole, Autostart = autostart });
            });
        foreach (VirtualNetwork network in keeper.Networks.All)
            await TryAsync(keeper, network, () => RestoreAsync(keeper, network, cancel), cancel).ConfigureAwait(false);
    }

    static async ValueTask RestoreAsync(NetworkKeeper keeper, VirtualNetwork network, CancellationToken cancel)
    {
        if (network.State.Live is not { } live)
            return;
        var run = new NetworkRun(keeper, network, live);
        if (run.Rules is { Count: > 0 } rules)
            await keeper.Filter.ReplaceAsync(rules, rules, cancel).ConfigureAwait(false);
        BridgeZone.Set(keeper, live);
        if (run.HasServer && network.Server is not { Pid: > 0 })
        {
            keeper.Log.ServerEnded(network.Name);
            network.Server ??= new NameServer(keeper, network);
            await network.Server.StartAsync(live, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Does something with a network in its turn; a failure is in the log.</summary>
    internal static async Task TryAsync(NetworkKeeper keeper, VirtualNetwork network, Func<ValueTask> work, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
            return;
        try
        {
            using VirtualNetwork.Turn turn = await network.EnterAsync(cancel).ConfigureAwait(false);
            if (!network.IsGone)
                await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The daemon ends; the network goes on.
        }
        catch (VireoException fault)
        {
            keeper.Log.NotMended(network.Name, fault);
        }
    }

    static void Try(NetworkKeeper keeper, string file, Action add)
    {
        try
        {
            add();
        }
        catch (VireoException fault)
        {
            keeper.Log.Problem(new LoadProblem(file, fault.Message));
        }
    }
}

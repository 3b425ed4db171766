using System.Net.NetworkInformation;
using Vireo.Core.Errors;
using Vireo.Drivers.Network.Definition;
using Vireo.Drivers.Network.Firewall;
using Vireo.Drivers.Network.Ports;
using Vireo.Drivers.Network.State;
using Vireo.Host.Network;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>
/// Sees what others take from active networks, and puts it back: a bridge that somebody removes, with the cards of guests that were on it; rules and chains that somebody
/// flushes, as when a firewall is loaded anew.
/// </summary>
sealed class NetworkWatch(NetworkKeeper keeper)
{
    const ulong AllButFirst = 0xff_ffff_ffff;

    // Whoever changes rules changes many; whoever takes them away again and again is not raced with.
    static readonly TimeSpan quiet = TimeSpan.FromSeconds(1), longestPause = TimeSpan.FromMinutes(1);

    /// <summary>Watches until it is given up.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(TryAsync("network devices", LinksAsync, cancel), TryAsync("the packet filter", FilterAsync, cancel));

    async Task TryAsync(string what, Func<CancellationToken, Task> watch, CancellationToken cancel)
    {
        try
        {
            await watch(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The daemon ends.
        }
        catch (VireoException fault)
        {
            keeper.Log.NotWatched(what, fault.Message);
        }
    }

    async Task LinksAsync(CancellationToken cancel)
    {
        using var links = new LinkEvents();
        while (true)
        {
            IReadOnlyList<string>? gone = await links.GoneAsync(cancel).ConfigureAwait(false);
            foreach (VirtualNetwork network in keeper.Networks.All)
                if (network.State.Live is { Bridge.Name: { } bridge } live && Kinds.OwnsBridge(live) && gone?.Contains(bridge) is not false)
                    await TakeOver.TryAsync(keeper, network, () => RebuildAsync(network, cancel), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a lost bridge again, as the network's start did, and plugs in what was on it. A network that was stopped meanwhile has none.</summary>
    async ValueTask RebuildAsync(VirtualNetwork network, CancellationToken cancel)
    {
        if (network.State.Live is not { } live || NetworkLinks.Exists(BridgeDevice.NameOf(live)))
            return;
        keeper.Log.BridgeLost(network.Name, BridgeDevice.NameOf(live));
        BridgeDevice.Make(live);
        BridgeDevice.Settle(live);
        BridgeDevice.Address(live);
        await BridgeLimits.SetAsync(keeper, live, cancel).ConfigureAwait(false);
        foreach (NetworkPortDef port in network.State.Ports.Values)
            await PortLimits.PlugAsync(keeper, network.State, port, cancel).ConfigureAwait(false);
        Replug(network.State, NetworkLinks.IndexOf(BridgeDevice.NameOf(live)));
        if (!NetworkKeeper.HasServer(live))
            return;
        if (network.Server is { } running)
            await running.StopAsync().ConfigureAwait(false);
        network.Server = new NameServer(keeper, network);
        await network.Server.StartAsync(live, cancel).ConfigureAwait(false);
    }

    /// <summary>A guest's device has the address of its card, but for the first byte.</summary>
    static void Replug(NetworkState state, int bridge)
    {
        if (state.Ports.IsEmpty)
            return;
        foreach (NetworkInterface device in NetworkInterface.GetAllNetworkInterfaces())
        {
            byte[] address = device.GetPhysicalAddress().GetAddressBytes();
            if (address is not [0xfe, .. { Length: 5 } rest]
                || state.Ports.Values.FirstOrDefault(one => (one.Mac.Value & AllButFirst) == rest.Aggregate(0ul, static (number, part) => number << 8 | part)) is not { } port)
                continue;
            int index = NetworkLinks.IndexOf(device.Name);
            NetworkErrors.Check(NetworkLinks.SetMaster(index, bridge), $"Unable to add bridge {state.Live?.Bridge?.Name} port {device.Name}");
            if (port.Isolated is true)
                NetworkErrors.Check(NetworkLinks.SetBridgePort(index, isolated: true), $"Unable to set bridge {state.Live?.Bridge?.Name} port {device.Name} isolated to yes");
        }
    }

    async Task FilterAsync(CancellationToken cancel)
    {
        using var filter = new FilterEvents();
        TimeSpan pause = quiet;
        Task next = filter.ChangedAsync(cancel);
        while (true)
        {
            await next.ConfigureAwait(false);
            for (var patience = Task.Delay(pause, keeper.Options.Time, cancel); (next = filter.ChangedAsync(cancel)) == await Task.WhenAny(next, patience).ConfigureAwait(false);)
                await next.ConfigureAwait(false);
            pause = !await MendRulesAsync(cancel).ConfigureAwait(false) ? quiet : pause * 2 < longestPause ? pause * 2 : longestPause;
        }
    }

    /// <summary>Puts rules in again that are not there. True: some were not.</summary>
    async Task<bool> MendRulesAsync(CancellationToken cancel)
    {
        VirtualNetwork[] active = [.. keeper.Networks.All.Where(static network => network.State.Live is { } live && Kinds.OwnsBridge(live))];
        if (active.Length == 0)
            return false;
        SavedFilter saved = await keeper.Filter.LookAsync(cancel).ConfigureAwait(false);
        bool mended = false;
        foreach (VirtualNetwork network in active)
            await TakeOver.TryAsync(keeper, network, async () =>
            {
                if (network.State.Live is not { } live)
                    return;
                BridgeZone.Set(keeper, live);       // firewalld that is loaded anew knows what its files say
                if (new NetworkRun(keeper, network, live).Rules is not { Count: > 0 } rules || saved.Has(live, rules))
                    return;
                // Who waited for the turn may have changed them since.
                SavedFilter now = await keeper.Filter.LookAsync(cancel).ConfigureAwait(false);
                if (now.Has(live, rules))
                    return;
                mended = true;
                keeper.Log.RulesLost(network.Name);
                keeper.Filter.Forget();
                await keeper.Filter.ReplaceAsync(rules, rules, cancel).ConfigureAwait(false);
            }, cancel).ConfigureAwait(false);
        return mended;
    }
}

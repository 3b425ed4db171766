using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Drivers.Network.Start;
using Vireo.Drivers.Network.State;
using Vireo.Host.Processes;
using Vireo.Model.Network;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Network.Ports;

/// <summary>The class of tc on a network's bridge that a port has which is promised a rate. What is left over is the others'.</summary>
static class PortLimits
{
    const ulong LargestPacket = 1500;

    /// <summary>Makes a port's class.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="state">The network, with the port.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancel">Gives up.</param>
    public static async ValueTask PlugAsync(NetworkKeeper keeper, NetworkState state, NetworkPortDef port, CancellationToken cancel)
    {
        if (port.Bandwidth is not { ClassId: > 0 and var number, Inbound: { Floor: { } floor } inbound })
            return;
        NetworkDef network = state.Live!;
        BandwidthRate shared = network.Bandwidth!.Inbound!;
        string bridge = BridgeDevice.NameOf(network);
        string mark = string.Create(CultureInfo.InvariantCulture, $"1:{number:x}");
        ulong ceiling = inbound.Peak ?? shared.Peak ?? shared.Average ?? floor;
        await RunAsync(keeper, cancel, "class", "add", "dev", bridge, "parent", "1:1", "classid", mark, "htb", "rate", $"{floor}kbps", "ceil", $"{ceiling}kbps",
            "quantum", $"{Quantum(floor)}").ConfigureAwait(false);
        await TryAsync(keeper, "qdisc", "add", "dev", bridge, "parent", mark, "handle", string.Create(CultureInfo.InvariantCulture, $"{number:x}:"), "sfq", "perturb", "10")
            .ConfigureAwait(false);
        await RunAsync(keeper, cancel, [.. Filter("add", bridge, number, port), "flowid", mark]).ConfigureAwait(false);
        await ShareAsync(keeper, state, cancel).ConfigureAwait(false);
    }

    /// <summary>Takes it away; what is not there is fine.</summary>
    public static async ValueTask UnplugAsync(NetworkKeeper keeper, NetworkState state, NetworkPortDef port)
    {
        if (port.Bandwidth is not { ClassId: > 0 and var number } || state.Live?.Bandwidth?.Inbound is null)
            return;
        string bridge = BridgeDevice.NameOf(state.Live), mark = string.Create(CultureInfo.InvariantCulture, $"1:{number:x}");
        await TryAsync(keeper, "filter", "del", "dev", bridge, "prio", "2", "handle", Handle(number), "u32").ConfigureAwait(false);
        await TryAsync(keeper, "qdisc", "del", "dev", bridge, "parent", mark).ConfigureAwait(false);
        await TryAsync(keeper, "class", "del", "dev", bridge, "classid", mark).ConfigureAwait(false);
        await ShareAsync(keeper, state, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Those who were promised nothing get what is left, and never nothing.</summary>
    static ValueTask ShareAsync(NetworkKeeper keeper, NetworkState state, CancellationToken cancel)
    {
        BandwidthRate shared = state.Live!.Bandwidth!.Inbound!;
        ulong average = shared.Average ?? 1, left = Math.Max(average - Math.Min(average, PortClasses.Promised(state)), 1);
        return RunAsync(keeper, cancel, "class", "change", "dev", BridgeDevice.NameOf(state.Live), "classid", "1:2", "htb", "rate", $"{left}kbps", "ceil",
            $"{shared.Peak ?? average}kbps", "quantum", $"{Quantum(left)}");
    }

    // Bytes before the packet's own header: kind, and the six of the address that it goes to.
    static string[] Filter(string verb, string bridge, uint number, NetworkPortDef port)
    {
        ulong mac = port.Mac.Value;
        return
        [
            "filter", verb, "dev", bridge, "protocol", "ip", "prio", "2", "handle", Handle(number), "u32",
            "match", "u16", "0x0800", "0xffff", "at", "-2",
            "match", "u32", string.Create(CultureInfo.InvariantCulture, $"0x{(uint)mac:x8}"), "0xffffffff", "at", "-12",
            "match", "u16", string.Create(CultureInfo.InvariantCulture, $"0x{(ushort)(mac >> 32):x4}"), "0xffff", "at", "-14",
        ];
    }

    static string Handle(uint number) => string.Create(CultureInfo.InvariantCulture, $"800::{number:x}");

    static ulong Quantum(ulong rate) => Math.Max(rate * 1024 / 8 / LargestPacket, 1);

    static async ValueTask RunAsync(NetworkKeeper keeper, CancellationToken cancel, params string[] arguments)
    {
        FinishedProgram run = await keeper.Options.Processes.FinishAsync(
            HostTools.Plan(HostTools.Find("tc"), arguments) with { ShownName = "tc" }, cancel: cancel).ConfigureAwait(false);
        if (!run.Status.IsSuccess)
            throw run.Failure();
    }

    static async ValueTask TryAsync(NetworkKeeper keeper, params string[] arguments)
    {
        try
        {
            await RunAsync(keeper, CancellationToken.None, arguments).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            // The queue is not known to this kernel, or is gone.
        }
    }
}

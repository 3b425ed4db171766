using Microsoft.Extensions.Logging;
using Vireo.Core.Errors;
using Vireo.Drivers.Network.Definition;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Traffic;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>The limits that all guests of a network share, on its bridge.</summary>
static class BridgeLimits
{
    const string Program = "tc";

    /// <summary>Sets them.</summary>
    public static async ValueTask SetAsync(NetworkKeeper keeper, NetworkDef network, CancellationToken cancel)
    {
        if (network.Bandwidth is null || !Kinds.HasBridge(network))
            return;
        string program = HostTools.Find(Program);
        foreach (IReadOnlyList<string> arguments in TrafficLimits.Set(BridgeDevice.NameOf(network), network.Bandwidth, isShared: true))
        {
            FinishedProgram run = await RunAsync(keeper, program, arguments, cancel).ConfigureAwait(false);
            if (run.Status.IsSuccess || arguments is ["qdisc", "del", ..])
                continue;
            if (!IsRefinement(arguments))
                throw run.Failure();
            keeper.Log.Notice(network.Name, $"the kernel cannot do 'tc {string.Join(' ', arguments)}': the network's rate is kept without it");
        }
    }

    /// <summary>Takes them away; what is not there is fine.</summary>
    public static async ValueTask ClearAsync(NetworkKeeper keeper, NetworkDef network)
    {
        if (network.Bandwidth is null || !Kinds.HasBridge(network) || ProgramOutput.Find(Program) is not { } program)
            return;
        foreach (IReadOnlyList<string> arguments in TrafficLimits.Clear(BridgeDevice.NameOf(network)))
            await RunAsync(keeper, program, arguments, CancellationToken.None).ConfigureAwait(false);
    }

    // The queue below a class only says who is next, and marks of packets only who needs no class; the rate is kept without either.
    static bool IsRefinement(IReadOnlyList<string> arguments) => arguments.Contains("sfq") || arguments.Contains("fw");

    static Task<FinishedProgram> RunAsync(NetworkKeeper keeper, string program, IReadOnlyList<string> arguments, CancellationToken cancel) =>
        keeper.Options.Processes.FinishAsync(HostTools.Plan(program, arguments) with { ShownName = Program }, cancel: cancel);
}

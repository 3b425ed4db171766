using Microsoft.Extensions.Logging;
using Vireo.Drivers.Network.Definition;
using Vireo.Hypervisor.Traffic;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>The limits that all guests of a network share, on its bridge.</summary>
static class BridgeLimits
{
    /// <summary>Sets them.</summary>
    public static ValueTask SetAsync(NetworkKeeper keeper, NetworkDef network, CancellationToken cancel) =>
        network.Bandwidth is null || !Kinds.HasBridge(network) ? ValueTask.CompletedTask
            : Shaper(keeper, network).SetAsync(BridgeDevice.NameOf(network), network.Bandwidth, isShared: true, cancel: cancel);

    /// <summary>Takes them away; what is not there is fine.</summary>
    public static ValueTask ClearAsync(NetworkKeeper keeper, NetworkDef network) =>
        network.Bandwidth is null || !Kinds.HasBridge(network) ? ValueTask.CompletedTask : Shaper(keeper, network).ClearAsync(BridgeDevice.NameOf(network));

    static TrafficShaper Shaper(NetworkKeeper keeper, NetworkDef network) => new(keeper.Options.Processes, told => keeper.Log.Notice(network.Name, told));
}

using Vireo.Drivers.Network.Firewall;
using Vireo.Drivers.Network.State;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>What the steps of one start or stop share.</summary>
/// <param name="keeper">The driver.</param>
/// <param name="network">The network, whose turn the caller has.</param>
/// <param name="live">As it will be, or is.</param>
sealed class NetworkRun(NetworkKeeper keeper, VirtualNetwork network, NetworkDef live)
{
    public NetworkKeeper Keeper => keeper;

    public VirtualNetwork Network => network;

    /// <summary>The network as it will be, or is.</summary>
    public NetworkDef Live { get; set; } = live;

    /// <summary>Completes when the name server that was told to end has ended; null: none was.</summary>
    public Task? Ending { get; set; }

    public bool OwnsBridge => Definition.Kinds.OwnsBridge(Live);

    public bool HasServer => NetworkKeeper.HasServer(Live);

    public string Bridge => BridgeDevice.NameOf(Live);

    public IReadOnlyList<FirewallRule> Rules => OwnsBridge ? NetworkFirewall.Rules(Live, Bridge) : [];
}

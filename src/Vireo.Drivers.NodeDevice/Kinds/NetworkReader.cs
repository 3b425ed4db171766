using Vireo.Core;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Host.Network;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Kinds;

/// <summary>Network cards. Bridges, VLANs and other devices of a kind of their own are none.</summary>
static class NetworkReader
{
    public static NodeCapability? Read(SysDevice device, Func<string, CardFeatures> features)
    {
        if (device["INTERFACE"] is not { } card)
            return null;
        return new NodeCapability.OfNetwork
        {
            Interface = card,
            Address = device.Attribute("address"),
            Link = Link(device),
            Features = Features(device, features(card)),
            Kind = device["DEVTYPE"] is "wlan" ? NetworkKind.Wireless : NetworkKind.Ethernet,
        };
    }

    // Of a card that is not up the kernel tells no speed that means anything.
    static NetworkLink? Link(SysDevice device) => State(device.Attribute("operstate")) is { } state
        ? new NetworkLink { State = state, Speed = state is NetworkLinkState.Up && device.NumberOf("speed") is > 0 and <= uint.MaxValue and var speed ? (uint)speed : null } : null;

    static NetworkLinkState? State(string? word) => word switch
    {
        "unknown" => NetworkLinkState.Unknown,
        "notpresent" => NetworkLinkState.NotPresent,
        "down" => NetworkLinkState.Down,
        "lowerlayerdown" => NetworkLinkState.LowerLayerDown,
        "testing" => NetworkLinkState.Testing,
        "dormant" => NetworkLinkState.Dormant,
        "up" => NetworkLinkState.Up,
        _ => null,
    };

    static ValueList<NetworkFeature> Features(SysDevice device, CardFeatures has)
    {
        List<NetworkFeature> found = [];
        void Add(CardFeatures feature, NetworkFeatureName name)
        {
            if (has.HasFlag(feature))
                found.Add(new NetworkFeature { Name = name });
        }

        Add(CardFeatures.Rx, NetworkFeatureName.Rx);
        Add(CardFeatures.Tx, NetworkFeatureName.Tx);
        Add(CardFeatures.Sg, NetworkFeatureName.Sg);
        Add(CardFeatures.Tso, NetworkFeatureName.Tso);
        Add(CardFeatures.Gso, NetworkFeatureName.Gso);
        Add(CardFeatures.Gro, NetworkFeatureName.Gro);
        Add(CardFeatures.Lro, NetworkFeatureName.Lro);
        Add(CardFeatures.RxVlan, NetworkFeatureName.RxVlan);
        Add(CardFeatures.TxVlan, NetworkFeatureName.TxVlan);
        Add(CardFeatures.NTuple, NetworkFeatureName.NTuple);
        Add(CardFeatures.RxHash, NetworkFeatureName.RxHash);
        // A card of InfiniBand's is a neighbour on the same PCI function.
        if (device.Names("device/infiniband").Count > 0)
            found.Add(new NetworkFeature { Name = NetworkFeatureName.Rdma });
        Add(CardFeatures.TxUdpTunnel, NetworkFeatureName.TxUdpTnl);
        return [.. found];
    }
}

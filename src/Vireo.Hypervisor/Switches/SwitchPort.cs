using Vireo.Core;
using Vireo.Model.Shared;

namespace Vireo.Hypervisor.Switches;

/// <summary>A guest's device on a bridge of Open vSwitch, in the words of ovs-vsctl.</summary>
/// <param name="Bridge">The switch.</param>
/// <param name="Device">The device on the host.</param>
/// <param name="Mac">The address of the guest's card.</param>
/// <param name="Owner">The machine.</param>
public sealed record SwitchPort(string Bridge, string Device, MacAddress Mac, Uuid Owner)
{
    static readonly string[] columns = ["tag", "trunk", "vlan_mode"];

    /// <summary>What the switch is told of the port.</summary>
    public VirtualPortParameters? Parameters { get; init; }

    /// <summary>The networks behind the bridge that the port is in.</summary>
    public Vlan? Vlan { get; init; }

    /// <summary>The arguments that plug it in. One that is there is told again what it is.</summary>
    public IReadOnlyList<string> Plug() =>
    [
        "--", "--may-exist", "add-port", Bridge, Device, .. Columns(Vlan),
        .. Told($"attached-mac=\"{Mac}\""),
        .. Parameters?.InterfaceId is { } id ? Told($"iface-id=\"{id}\"") : [],
        .. Told($"vm-id=\"{Owner}\""),
        .. Parameters?.ProfileId is { Length: > 0 } profile ? [.. Told($"port-profile=\"{profile}\""), .. Told($"ifname=\"{Device}\"")] : Array.Empty<string>(),
        .. Told("iface-status=active"),
    ];

    string[] Told(string id) => ["--", "set", "Interface", Device, "external-ids:" + id];

    /// <summary>The arguments that take a device off its bridge, if it is on one.</summary>
    public static IReadOnlyList<string> Unplug(string device) => ["--", "--if-exists", "del-port", device];

    /// <summary>The arguments that put a device into other networks than it was in.</summary>
    public static IReadOnlyList<string> Move(string device, Vlan? vlan) =>
    [
        .. columns.SelectMany(column => (string[])["--", "--if-exists", "clear", "Port", device, column]),
        .. Columns(vlan) is { Length: > 0 } now ? ["--", "--if-exists", "set", "Port", device, .. now] : Array.Empty<string>(),
    ];

    // A trunk names its own network too, among those that it carries.
    static string[] Columns(Vlan? vlan)
    {
        if (vlan is not { Tags: { IsEmpty: false } tags })
            return [];
        VlanTag? native = tags.FirstOrDefault(static tag => tag.NativeMode is not null);
        return
        [
            .. native is { NativeMode: { } mode } ? [$"vlan_mode=native-{mode.ToXml()}", $"tag={native.Id}"] : Array.Empty<string>(),
            IsTrunk(vlan) ? $"trunk={string.Join(',', tags.Select(static tag => tag.Id))}" : $"tag={tags[0].Id}",
        ];
    }

    static bool IsTrunk(Vlan vlan) => vlan.Trunk is true || vlan.Tags.Count > 1 || vlan.Tags[0].NativeMode is not null;
}

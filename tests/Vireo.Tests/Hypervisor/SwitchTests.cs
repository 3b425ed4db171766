using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Hypervisor.Switches;
using Vireo.Model.Shared;
using Xunit;

namespace Vireo.Tests.Hypervisor;

/// <summary>Ports of Open vSwitch, in the words of ovs-vsctl; which are stock libvirtd's, as its own calls of a program in its place showed.</summary>
public class SwitchTests
{
    static readonly Uuid Owner = Id("11111111-2222-3333-4444-555555555555"), Card = Id("22222222-2222-3333-4444-555555555555");

    static Uuid Id(string text) => Uuid.TryParse(text, out Uuid id) ? id : throw new FormatException(text);

    static string Text(IEnumerable<string> words) => string.Join(' ', words);

    static SwitchPort Port(string? profile, Vlan? vlan = null) => new("ovsbr0", "vnet1", new MacAddress(0x525400000002), Owner)
    {
        Parameters = new VirtualPortParameters { InterfaceId = Card, ProfileId = profile }, Vlan = vlan,
    };

    static Vlan Tags(bool? trunk, params (uint Id, VlanNativeMode? Mode)[] tags) => new() { Trunk = trunk, Tags = [.. tags.Select(static tag => new VlanTag { Id = tag.Id, NativeMode = tag.Mode })] };

    [Fact]
    public void A_switch_is_told_whose_card_a_port_is() => Assert.Equal(
        "-- --may-exist add-port ovsbr0 vnet1 -- set Interface vnet1 external-ids:attached-mac=\"52:54:00:00:00:02\""
        + " -- set Interface vnet1 external-ids:iface-id=\"22222222-2222-3333-4444-555555555555\" -- set Interface vnet1 external-ids:vm-id=\"11111111-2222-3333-4444-555555555555\""
        + " -- set Interface vnet1 external-ids:iface-status=active", Text(Port(null).Plug()));

    [Fact]
    public void A_port_with_a_profile_is_found_by_its_name_too() => Assert.Contains(
        " -- set Interface vnet1 external-ids:port-profile=\"menial\" -- set Interface vnet1 external-ids:ifname=\"vnet1\" -- set Interface vnet1 external-ids:iface-status=active",
        Text(Port("menial").Plug()), StringComparison.Ordinal);

    public static TheoryData<Vlan?, string> Networks => new()
    {
        { null, "" },
        { Tags(null, (42, null)), "tag=42" },
        { Tags(true, (7, null)), "trunk=7" },
        { Tags(null, (9, null), (10, null)), "trunk=9,10" },
        { Tags(true, (5, null), (6, VlanNativeMode.Tagged)), "vlan_mode=native-tagged tag=6 trunk=5,6" },
        { Tags(true, (42, null), (47, VlanNativeMode.Untagged)), "vlan_mode=native-untagged tag=47 trunk=42,47" },
    };

    [Theory, MemberData(nameof(Networks))]
    public void Tags_are_columns_of_the_port(Vlan? vlan, string columns)
    {
        string plugged = Text(Port(null, vlan).Plug()), moved = Text(SwitchPort.Move("vnet1", vlan));
        Assert.StartsWith(columns.Length == 0 ? "-- --may-exist add-port ovsbr0 vnet1 -- " : $"-- --may-exist add-port ovsbr0 vnet1 {columns} -- ", plugged, StringComparison.Ordinal);
        const string cleared = "-- --if-exists clear Port vnet1 tag -- --if-exists clear Port vnet1 trunk -- --if-exists clear Port vnet1 vlan_mode";
        Assert.Equal(columns.Length == 0 ? cleared : $"{cleared} -- --if-exists set Port vnet1 {columns}", moved);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[\"map\"]")]
    [InlineData("[\"map\",[[\"rx_bytes\"]]]")]
    [InlineData("[\"map\",[[\"rx_bytes\",\"x\"]]]")]
    [InlineData("[\"map\",[[null,1]]]")]
    public void Statistics_that_are_no_map_are_refused(string json)
    {
        VireoException refused = Assert.Throws<VireoException>(() => SwitchAnswers.Statistics(json));
        Assert.Equal((ErrorCode.InternalError, "internal error: Unable to parse ovs-vsctl output"), (refused.Code, refused.Message));
    }

    [Fact]
    public void A_count_that_the_switch_does_not_tell_is_unknown() => Assert.Equal(-1, SwitchAnswers.Statistics("[\"map\",[[\"tx_bytes\",3]]]").SentBytes);

    [Fact]
    public void A_map_without_any_count_is_no_statistics() => Assert.Contains(
        "Interface doesn't have any statistics", Assert.Throws<VireoException>(static () => SwitchAnswers.Statistics("[\"map\",[[\"collisions\",0]]]")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_port_of_no_kind_may_become_one_of_either_and_a_network_leaves_what_its_kind_knows()
    {
        VirtualPort any = new VirtualPort { Parameters = new VirtualPortParameters { InterfaceId = Card } }.Identified(static () => Owner);
        Assert.Equal((Owner, Card), (any.Parameters!.InstanceId, any.Parameters.InterfaceId));
        Assert.Equal(new VirtualPortParameters { InterfaceId = Card, ProfileId = "p" },
            new VirtualPort { Type = VirtualPortType.OpenVSwitch, Parameters = any.Parameters with { ProfileId = "p" } }.Completed(static () => Owner).Parameters);
        Assert.Equal(Owner, new VirtualPort { Type = VirtualPortType.OpenVSwitch }.Completed(static () => Owner).Parameters!.InterfaceId);
        Assert.Null(new VirtualPort { Type = VirtualPortType.VnLink }.Identified(static () => Owner).Parameters);
    }
}

using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Network.Definition;
using Vireo.Drivers.Network.Ports;
using Vireo.Drivers.Network.Start;
using Vireo.Drivers.Network.State;
using Vireo.Model.Network;
using Vireo.Tests.Drivers.Qemu;
using Xunit;

namespace Vireo.Tests.Drivers.Network;

/// <summary>Networks that give guests devices of the host; documents, words and counts are libvirtd's.</summary>
public sealed class DevicePoolTests : IDisposable
{
    const string Uuid = "1db4d7f0-7ae7-4b82-9a29-b1e1b3f9d3a1";

    readonly FakeFunctions fake = new();

    public void Dispose() => fake.Dispose();

    [Fact]
    public void The_functions_of_a_card_are_found_when_the_network_starts()
    {
        NetworkState state = Started("<forward mode='hostdev' managed='yes'><pf dev='pf0'/></forward>");
        Assert.Contains("""
              <forward mode='hostdev' managed='yes'>
                <pf dev='pf0'/>
                <address type='pci' domain='0x0000' bus='0x06' slot='0x10' function='0x1'/>
                <address type='pci' domain='0x0000' bus='0x06' slot='0x10' function='0x2'/>
              </forward>
            """, PortCounts.Show(state).ToXml(), StringComparison.Ordinal);
    }

    [Fact]
    public void For_macvtaps_the_devices_of_functions_are_found()
    {
        NetworkState state = Started("<forward mode='passthrough'><pf dev='pf0'/></forward>");
        Assert.Contains("""
              <forward mode='passthrough'>
                <pf dev='pf0'/>
                <interface dev='vf0'/>
              </forward>
            """, PortCounts.Show(state).ToXml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_without_functions_gives_nothing() => Assert.Equal("internal error: No usable Vf's present on SRIOV PF eth7",
        Assert.Throws<VireoException>(() => Started("<forward mode='hostdev'><pf dev='eth7'/></forward>")).Message);

    [Fact]
    public void Each_function_is_one_guests_until_there_are_none()
    {
        NetworkState state = Started("<forward mode='hostdev' managed='yes'><pf dev='pf0'/></forward>");
        state = Plug(Plug(state, 1), 2);
        Assert.Equal(["0x1", "0x2"], state.Ports.Values.Select(static port => $"0x{((NetworkPlug.OfPci)port.Plug!).Address.Function:x}"));
        Assert.Contains("""
              <plug type='hostdev-pci' managed='yes'>
                <address domain='0x0000' bus='0x06' slot='0x10' function='0x2'/>
              </plug>
            """, state.Ports.Values.Last().ToXml(), StringComparison.Ordinal);
        string shown = PortCounts.Show(state).ToXml();
        Assert.Contains("<network connections='2'>", shown, StringComparison.Ordinal);
        Assert.Contains("function='0x1'/>", shown, StringComparison.Ordinal);      // libvirt counts devices, not functions
        Assert.Equal("internal error: network 'n' requires exclusive access to interfaces, but none are available", Assert.Throws<VireoException>(() => Plug(state, 3)).Message);
        state = state with { Ports = state.Ports.Remove(state.Ports.Keys.First()) };
        Assert.Equal(1u, ((NetworkPlug.OfPci)Plug(state, 3).Ports.Values.Last().Plug!).Address.Function);
    }

    [Theory]
    [InlineData("passthrough", "", "m0 m1 !")]
    [InlineData("private", "", "m0 m1 m0")]
    [InlineData("private", "<virtualport type='802.1Qbh'><parameters profileid='x'/></virtualport>", "m0 m1 !")]
    [InlineData("vepa", "", "m0 m1 m0")]
    [InlineData("bridge", "", "m0 m1 m0")]
    public void A_device_is_shared_or_not_as_its_mode_wants(string mode, string more, string given)
    {
        NetworkState state = Started($"<forward mode='{mode}'><interface dev='m0'/><interface dev='m1'/></forward>{more}");
        var found = new List<string>();
        for (int number = 1; number <= 3; number++)
            try
            {
                state = Plug(state, number);
                found.Add(((NetworkPlug.OfDirect)state.Ports.Values.Last().Plug!).Device);
            }
            catch (VireoException e) when (e.Code == ErrorCode.InternalError)
            {
                found.Add("!");
            }
        Assert.Equal(given, string.Join(' ', found));
    }

    [Theory]
    [InlineData("<forward mode='bridge'><interface dev='m0'/></forward><portgroup name='g'><bandwidth><inbound average='1'/></bandwidth></portgroup>",
        "Unsupported <bandwidth> element in network 'n' in portgroup 'g' with forward mode='bridge'")]
    [InlineData("<forward mode='private'><interface dev='m0'/></forward><portgroup name='g'><vlan><tag id='1'/></vlan><bandwidth><inbound average='1'/></bandwidth></portgroup>",
        "Unsupported <bandwidth> element in network 'n' in portgroup 'g' with forward mode='private'")]
    [InlineData("<forward mode='bridge'><interface dev='m0'/></forward><portgroup name='g' default='yes'/><portgroup name='h' default='yes'><bandwidth><inbound average='1'/></bandwidth></portgroup>",
        "network 'n' has multiple default <portgroup> elements (g and h), but only one default is allowed")]
    public void Limits_need_a_bridge(string content, string text) => Assert.Equal("unsupported configuration: " + text,
        Assert.Throws<VireoException>(() => DefinitionRules.Check(NetworkDef.Define($"<network><name>n</name><uuid>{Uuid}</uuid>{content}</network>"))).Message);

    NetworkState Started(string content) =>
        new() { Live = FunctionPool.Fill(NetworkDef.Define($"<network><name>n</name><uuid>{Uuid}</uuid>{content}</network>"), Path.Join(fake.Sys, "class/net")) };

    static NetworkState Plug(NetworkState state, int number)
    {
        NetworkPortDef port = PortPlanner.Plan(state, NetworkPortDef.Define($"""
            <networkport><uuid>{number}1111111-01b9-4749-8690-d3d3d474115a</uuid><owner><name>vm</name><uuid>17d9aaae-612a-40db-8933-abc6231cba56</uuid></owner><mac address='52:54:00:aa:bb:0{number}'/></networkport>
            """));
        return state with { Ports = state.Ports.Add(port.Uuid, port) };
    }
}

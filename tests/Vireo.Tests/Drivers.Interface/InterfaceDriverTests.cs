using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Interface;
using Vireo.Host;
using Vireo.Tests.Drivers.NodeDevice;
using Xunit;

namespace Vireo.Tests.Drivers.Interface;

/// <summary>What is told of the host's interfaces, held to what libvirt's own daemon said of the same tree (<c>data/stock.txt</c>).</summary>
public sealed class InterfaceDriverTests : IDisposable
{
    static readonly string data = Path.Join(AppContext.BaseDirectory, "Drivers.Interface", "data");

    readonly FakeDevices devices = new(udev: false, Path.Join(data, "tree.txt"));
    readonly IInterfaceListing lists;

    public InterfaceDriverTests() =>
        lists = InterfaceDriver.Create(new InterfaceDriverOptions { Paths = HostPaths.System(devices.Root), SystemRoot = devices.Root }).Capabilities.Find<IInterfaceListing>()!;

    public void Dispose() => devices.Dispose();

    [Fact]
    public async Task Interfaces_are_told_as_libvirt_tells_them()
    {
        foreach (string part in (await File.ReadAllTextAsync(Path.Join(data, "stock.txt"), TestContext.Current.CancellationToken)).Split("=== ", StringSplitOptions.RemoveEmptyEntries))
        {
            string name = part[..part.IndexOf('\n', StringComparison.Ordinal)];
            Assert.Equal(part[(name.Length + 1)..].TrimEnd('\n') + "\n", await lists.GetXmlAsync(new InterfaceRef(name, ""), InterfaceXmlFlags.None, default));
        }
    }

    [Theory]
    [InlineData(ListInterfacesFlags.None, "bond0 bond1 bond2 br0 eth0 eth1 eth3 eth5.7 lo wlan0")]
    [InlineData(ListInterfacesFlags.Active, "bond0 br0 eth0 eth3 eth5.7")]
    [InlineData(ListInterfacesFlags.Inactive, "bond1 bond2 eth1 lo wlan0")]
    public async Task Lists_are_libvirts(ListInterfacesFlags flags, string names) =>
        Assert.Equal(names.Split(' '), (await lists.ListAllAsync(flags, default)).Select(static one => one.Name));

    [Fact]
    public async Task Older_calls_tell_of_what_is_up_and_of_what_is_down()
    {
        Assert.Equal(["bond0", "br0", "eth0", "eth3", "eth5.7"], await lists.ListActiveNamesAsync(default));
        Assert.Equal(["bond1", "bond2"], await lists.ListDefinedNamesAsync(default));
        Assert.Equal((5, 2), (await lists.CountActiveAsync(default), await lists.CountDefinedAsync(default)));
    }

    [Fact]
    public async Task Ports_of_bridges_and_taps_are_found_but_not_listed()
    {
        devices.Add("@ devices/virtual/net/eth9 class=net", "uevent INTERFACE=eth9 IFINDEX=90", "attr address 52:54:00:00:00:90", "attr operstate up", "attr brport/state 3");
        Assert.DoesNotContain("eth9", (await lists.ListAllAsync(ListInterfacesFlags.None, default)).Select(static one => one.Name));
        Assert.Equal(new InterfaceRef("eth9", "52:54:00:00:00:90"), await lists.LookupByNameAsync("eth9", default));
        Assert.True(await lists.IsActiveAsync(await lists.LookupByNameAsync("vnet1", default), default));
        Assert.False(await lists.IsActiveAsync(await lists.LookupByNameAsync("eth1", default), default));
    }

    [Fact]
    public async Task An_address_is_of_one_interface_or_the_question_is_refused()
    {
        Assert.Equal("eth1", (await lists.LookupByMacAsync("52:54:00:00:00:64", default)).Name);
        await RefusesAsync(ErrorCode.MultipleInterfaces, "the MAC address '52:54:00:00:00:69' matches multiple interfaces", () => lists.LookupByMacAsync("52:54:00:00:00:69", default));
        await RefusesAsync(ErrorCode.NoInterface, "couldn't find interface with MAC address '52:54:00:00:00:68'", () => lists.LookupByMacAsync("52:54:00:00:00:68", default));
        foreach (string name in (string[])["nobody", "", "..", "../net/lo"])
            await RefusesAsync(ErrorCode.NoInterface, $"couldn't find interface named '{name}'", () => lists.LookupByNameAsync(name, default));
        await RefusesAsync(ErrorCode.InvalidArg, "unsupported flags (0x2) in function udevInterfaceGetXMLDesc", () => lists.GetXmlAsync(new InterfaceRef("lo", ""), (InterfaceXmlFlags)2, default));
    }

    [Fact]
    public async Task A_vlan_tells_its_tag_and_its_device()
    {
        Directory.CreateDirectory(devices.Root + "/proc/net/vlan");
        await File.WriteAllTextAsync(devices.Root + "/proc/net/vlan/eth5.7", "eth5.7  VID: 7\t REORDER_HDR: 1  dev->priv_flags: 1021\nDevice: eth5\n", TestContext.Current.CancellationToken);
        Assert.Contains("  <vlan tag='7'>\n    <interface name='eth5'/>\n  </vlan>\n", await lists.GetXmlAsync(new InterfaceRef("eth5.7", ""), InterfaceXmlFlags.None, default), StringComparison.Ordinal);
    }

    static async Task RefusesAsync<T>(ErrorCode code, string detail, Func<ValueTask<T>> call)
    {
        var fault = await Assert.ThrowsAsync<VireoException>(async () => await call());
        Assert.Equal(code, fault.Error.Code);
        Assert.Contains(detail, fault.Message, StringComparison.Ordinal);
    }
}

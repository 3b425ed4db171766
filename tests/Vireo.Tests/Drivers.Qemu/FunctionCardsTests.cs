using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Host.Network;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Shared;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

/// <summary>Virtual functions of the host that guests have as cards; what is sent and kept is what libvirtd sends and keeps.</summary>
public sealed class FunctionCardsTests : IDisposable
{
    readonly FakeFunctions fake = new();
    string? user;

    public void Dispose() => fake.Dispose();

    HostPci Host => new(fake.Sys, fake.Write, static _ => false);

    FunctionCards Cards => new(fake.Sys, fake, fake.State);

    [Fact]
    public async Task A_function_gets_the_guests_address_and_tag_and_gets_its_own_back()
    {
        DomainDef guest = Guest(Card(1), Card(2, "<vlan><tag id='7'/></vlan>"));
        await TakeAsync(guest);
        Assert.Equal(["0000:06:10.1 has vfio-pci", "0000:06:10.2 has vfio-pci", "pf0 vf 0 52:54:00:11:22:01", "pf0 vf 0 vlan 0", "pf0 vf 1 52:54:00:11:22:02", "pf0 vf 1 vlan 7"], fake.Said);
        Assert.Equal("{\n  \"adminMac\": \"02:00:00:00:00:10\",\n  \"vlanTag\": 0,\n  \"mac\": \"a6:1f:57:aa:f2:50\"\n}\n", Kept("pf0_vf0"));
        Assert.Equal("{\n  \"adminMac\": \"02:00:00:00:00:11\",\n  \"vlanTag\": 41\n}\n", Kept("pf0_vf1"));
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(Path.Join(fake.State, "pf0_vf0")));
        fake.Said.Clear();
        LentDevices.GiveBack(guest, Host, Cards, static _ => null);
        // The address that the function itself had goes to the card: its driver takes it from there.
        Assert.Equal(["pf0 vf 0 a6:1f:57:aa:f2:50", "pf0 vf 0 vlan 0", "pf0 vf 1 02:00:00:00:00:11", "pf0 vf 1 vlan 41", "0000:06:10.1 has igbvf", "0000:06:10.2 has igbvf"], fake.Said);
        Assert.Empty(fake.Kept);
        LentDevices.GiveBack(guest, Host, Cards, static _ => null);
        Assert.Equal(6, fake.Said.Count);
    }

    [Theory]
    [InlineData("pf0 vf 1 52:54:00:11:22:02")]
    [InlineData("pf0 vf 1 vlan 7")]
    public async Task What_the_kernel_refuses_leaves_everything_as_it_was(string refused)
    {
        fake.Refuses = refused;
        Assert.Equal(ErrorCode.SystemError, (await Assert.ThrowsAsync<VireoException>(() => TakeAsync(Guest(Card(1), Card(2, "<vlan><tag id='7'/></vlan>"))))).Code);
        Assert.Empty(fake.Kept);
        Assert.Equal((FakeFunctions.Mac("a6:1f:57:aa:f2:50"), 41u), (fake.Functions[0].Address, fake.Functions[1].Vlan));
        Assert.Equal(["0000:06:10.2 has igbvf", "0000:06:10.1 has igbvf"], fake.Said.Where(static said => said.EndsWith("igbvf", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_the_card_counts_of_a_function_is_the_guests_traffic()
    {
        var counted = new FunctionTraffic(300, 3, 0, 400, 4, 0);
        fake.Functions[0] = fake.Functions[0] with { Traffic = counted };
        Assert.Equal(counted, Cards.TrafficOf(Guest(Card(1)).Devices.Interfaces[0]));
        Assert.Null(Cards.TrafficOf(Guest(Card(2)).Devices.Interfaces[0]));
    }

    // Whoever is behind such a port would have to be told of the guest.
    [Theory]
    [InlineData("802.1Qbh", "<parameters profileid='p'/>")]
    [InlineData("802.1Qbg", "<parameters managerid='11' typeid='1193047' typeidversion='2' instanceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/>")]
    public void A_port_that_nobody_is_told_of_is_refused_by_name(string type, string parameters)
    {
        DomainDef guest = Guest($"<interface type='direct'><source dev='eth0' mode='vepa'/><virtualport type='{type}'>{parameters}</virtualport></interface>");
        VireoException refused = Assert.Throws<VireoException>(() => NetworkCards.Check(guest.Devices.Interfaces[0]));
        Assert.Equal((ErrorCode.NoSupport, $"this function is not supported by the connection driver: starting a card of type 'direct' with <virtualport type='{type}'>"), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task What_was_before_the_first_guest_outlives_a_crash()
    {
        DomainDef guest = Guest(Card(2));
        await TakeAsync(guest);
        await TakeAsync(guest);     // nobody gave it back
        LentDevices.GiveBack(guest, Host, Cards, static _ => null);
        Assert.Equal(new FunctionFacts(FakeFunctions.Mac("02:00:00:00:00:11"), 41), fake.Functions[1]);
    }

    [Fact]
    public async Task A_function_of_another_guest_is_neither_taken_nor_given_back()
    {
        DomainDef guest = Guest(Card(1));
        await TakeAsync(guest);
        user = "other";
        var refused = await Assert.ThrowsAsync<VireoException>(() => TakeAsync(guest));
        Assert.Equal((ErrorCode.OperationInvalid, "Requested operation is not valid: PCI device 0000:06:10.1 is in use by driver QEMU, domain other"), (refused.Code, refused.Message));
        LentDevices.GiveBack(guest, Host, Cards, has => has(guest) ? user : null);
        Assert.Equal("pf0 vf 0 vlan 0", fake.Said[^1]);
        Assert.Equal(["pf0_vf0"], fake.Kept);
    }

    [Theory]
    [InlineData(0, "", ErrorCode.ConfigUnsupported, "Interface type hostdev is currently supported on SR-IOV Virtual Functions only")]
    [InlineData(7, "", ErrorCode.ConfigUnsupported, "Interface type hostdev is currently supported on SR-IOV Virtual Functions only")]
    [InlineData(1, "<vlan trunk='yes'><tag id='3'/><tag id='4'/></vlan>", ErrorCode.ConfigUnsupported, "vlan trunking is not supported by SR-IOV network devices")]
    [InlineData(1, "<virtualport type='openvswitch'/>", ErrorCode.ConfigUnsupported, "virtualport type openvswitch is currently not supported on interfaces of type hostdev")]
    [InlineData(1, "<virtualport type='802.1Qbg'><parameters managerid='11' typeid='1193047' typeidversion='2'/></virtualport>", ErrorCode.ConfigUnsupported,
        "virtualport type 802.1Qbg is currently not supported on interfaces of type hostdev")]
    [InlineData(1, "<virtualport type='802.1Qbh'><parameters profileid='x'/></virtualport>", ErrorCode.NoSupport, "<virtualport type='802.1Qbh'>")]
    public async Task What_cannot_be_done_is_said(int function, string wish, ErrorCode code, string text)
    {
        var refused = await Assert.ThrowsAsync<VireoException>(() => TakeAsync(Guest(Card(function, wish))));
        Assert.Equal(code, refused.Code);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
        Assert.Empty(fake.Said);
        Assert.Empty(fake.Kept);
    }

    [Fact]
    public async Task A_card_that_does_not_run_cannot_be_set()
    {
        fake.Runs = false;
        Assert.Equal("internal error: Unable to configure VF 0 of PF 'pf0' because the PF is not online. Please change host network config to put the PF online.",
            (await Assert.ThrowsAsync<VireoException>(() => TakeAsync(Guest(Card(1))))).Message);
        fake.Runs = true;
        fake.Functions.Remove(0);
        Assert.Equal("internal error: couldn't find IFLA_VF_INFO for VF 0 in netlink response", (await Assert.ThrowsAsync<VireoException>(() => TakeAsync(Guest(Card(1))))).Message);
    }

    [Fact]
    public void A_device_that_is_passed_through_gets_the_guests_address()
    {
        var devices = new PassthroughDevices(fake.Sys, fake, fake.State);
        var own = fake.Own["eth7"];
        devices.Take("eth7", FakeFunctions.Mac("52:54:00:11:22:03"), null);
        Assert.Equal("{\n  \"mac\": \"00:1b:21:00:00:07\"\n}\n", Kept("eth7"));
        devices.GiveBack("eth7");
        devices.GiveBack("eth7");
        Assert.Equal(["eth7 52:54:00:11:22:03", $"eth7 {own}"], fake.Said);
        var refused = Assert.Throws<VireoException>(() => devices.Take("eth7", own, new Vlan { Tags = [new VlanTag { Id = 4 }] }));
        Assert.Equal("unsupported configuration: vlan can only be set for SR-IOV VFs, but eth7 is not a VF", refused.Message);
        Assert.Empty(fake.Kept);
    }

    [Fact]
    public void A_function_that_is_passed_through_gets_the_guests_tag()
    {
        var devices = new PassthroughDevices(fake.Sys, fake, fake.State);
        var tags = new Vlan { Tags = [new VlanTag { Id = 3 }] };
        devices.Take("vf0", FakeFunctions.Mac("52:54:00:11:22:03"), tags);
        Assert.Equal("{\n  \"adminMac\": \"02:00:00:00:00:10\",\n  \"vlanTag\": 0,\n  \"mac\": \"a6:1f:57:aa:f2:50\"\n}\n", Kept("pf0_vf0"));
        devices.GiveBack("vf0");
        Assert.Equal(["vf0 52:54:00:11:22:03", "pf0 vf 0 vlan 3", "vf0 a6:1f:57:aa:f2:50", "pf0 vf 0 vlan 0"], fake.Said);
        fake.Refuses = "pf0 vf 0 vlan 3";
        Assert.Throws<VireoException>(() => devices.Take("vf0", FakeFunctions.Mac("52:54:00:11:22:03"), tags));
        Assert.Equal(FakeFunctions.Mac("a6:1f:57:aa:f2:50"), fake.Own["vf0"]);
        Assert.Empty(fake.Kept);
    }

    string Kept(string file) => File.ReadAllText(Path.Join(fake.State, file));

    Task TakeAsync(DomainDef guest) => new Flow<DomainDef>("take")
        .Each("lend", wanted => LentDevices.Take(wanted, Host, Cards, relaxed: true, _ => user))
        .RunAsync(guest, new FlowHost(null, static _ => { }), TestContext.Current.CancellationToken).AsTask();

    static string Card(int function, string more = "") => $"""
        <interface type='hostdev' managed='yes'><mac address='52:54:00:11:22:0{function}'/>
          <source><address type='pci' domain='0' bus='6' slot='0x10' function='{function}'/></source>{more}<alias name='hostdev{function}'/></interface>
        """;

    static DomainDef Guest(params string[] cards) => DomainDef.Parse(
        $"<domain type='kvm'><name>a</name><memory>1024</memory><os><type arch='x86_64'>hvm</type></os><devices>{string.Concat(cards)}</devices></domain>", DomainParse.Status);
}

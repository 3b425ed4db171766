using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>Guests on networks that give macvtaps on devices of the host, of stock libvirtd's and of ours, one after the other in one network.</summary>
public sealed class DevicePoolTests
{
    // Nodes of macvtaps are called by numbers that count from one in each network, and all networks of a machine share them.
    static readonly string apart = string.Concat(Enumerable.Range(0, 50 + Random.Shared.Next(400)).Select(static number => $"link add x{number} type veth peer name y{number}\n"));

    // libvirtd's own /dev does not get the nodes.
    const string Preparation = """
        mkdir -p "$root/pts"
        mount --bind /dev/pts "$root/pts"
        mount -t devtmpfs dev /dev
        mount --bind "$root/pts" /dev/pts
        ip -batch "$root/apart"
        for device in 0 1 2; do ip link add v$device type veth peer name w$device; ip link set v$device address 02:00:00:00:00:0$device; ip link set v$device up; done
        """;

    static readonly string[] first =
    [
        "net-create ${PASS}", "net-create ${BRIDGE}", "create ${A} --paused", "dumpxml a", "domiflist a", "net-dumpxml pass", "net-port-list pass",
        "create ${B} --paused", "create ${C} --paused", "create ${D} --paused", "net-dumpxml shared", "net-port-list shared", "dumpxml d", "resume a", "domif-getlink a 52:54:00:11:22:01",
    ];

    static readonly string[] then =
    [
        "attach-device c ${CARD}", "attach-device c ${ALONE}", "dumpxml c", "net-dumpxml shared", "detach-device c ${CARD}", "net-dumpxml shared", "net-dumpxml pass",
        "destroy a", "net-dumpxml pass", "create ${B} --paused", "net-dumpxml pass", "destroy b", "create ${TAGGED}", "create ${FILTERED}", "destroy c", "destroy d",
        "net-dumpxml pass", "net-dumpxml shared", "net-destroy shared", "net-destroy pass",
    ];

    static string Guest(string name, string network, int number, string more = "") => $"""
        <domain type='qemu'><name>{name}</name><memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>{Card(network, number, "virtio", more)}</devices></domain>
        """;

    static string Card(string network, int number, string model, string more = "") =>
        $"<interface type='network'><source network='{network}'/><mac address='52:54:00:11:22:0{number}'/><model type='{model}'/>{more}</interface>";

    [Fact]
    public async Task Devices_are_given_counted_and_given_back_as_libvirtd_does()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        Needs.Program("qemu-system-x86_64");
        await using StockDaemon stock = await StockDaemon.StartAsync($"printf '%s' '{apart}' >\"$root/apart\"\n{Preparation}\n");
        await using VireoDaemon vireo = await VireoDaemon.StartInNetworkOfAsync(stock.Pid, "");
        CommandResult trial = await vireo.InNetworkAsync("ip", "link", "add", "link", "v0", "name", "try0", "type", "macvtap");
        Assert.SkipWhen(trial.ExitCode != 0, $"this kernel has no macvtap: {trial.Error}");
        await vireo.InNetworkAsync("ip", "link", "del", "try0");
        using Documents documents = new Documents()
            .With("PASS", "<network><name>pass</name><forward mode='passthrough'><interface dev='v0'/></forward></network>")
            .With("BRIDGE", "<network><name>shared</name><forward mode='bridge'><interface dev='v1'/><interface dev='v2'/></forward></network>")
            .With("A", Guest("a", "pass", 1)).With("B", Guest("b", "pass", 2)).With("C", Guest("c", "shared", 3)).With("D", Guest("d", "shared", 4))
            .With("CARD", Card("shared", 5, "usb-net")).With("ALONE", Card("pass", 6, "usb-net"))
            .With("TAGGED", Guest("t", "pass", 7, "<vlan><tag id='4'/></vlan>")).With("FILTERED", Guest("f", "shared", 8, "<filterref filter='clean-traffic'/>"));

        string expected = await OnAsync($"qemu+unix:///system?socket={stock.Socket}", first), file = await File.ReadAllTextAsync(KeptBy(stock), TestContext.Current.CancellationToken);
        expected += await OnAsync($"qemu+unix:///system?socket={stock.Socket}", then);
        string ours = await OnAsync(vireo.QemuUri, first);
        Assert.Equal(file, await File.ReadAllTextAsync(Path.Join(vireo.Root, "run/libvirt/qemu/v0"), TestContext.Current.CancellationToken));

        string written = (await vireo.VirshAsync("dumpxml", "a", "--inactive")).Output;
        Assert.Contains("<source network='pass'/>", written, StringComparison.Ordinal);
        Assert.DoesNotContain("macvtap", written, StringComparison.Ordinal);

        // A daemon that comes after counts as the one before.
        await vireo.KillAsync();
        await vireo.StartAgainAsync();
        ours += await OnAsync(vireo.QemuUri, then);
        Assert.True(expected == ours, $"stock:\n{expected}\nours:\n{ours}");
        Assert.False(File.Exists(Path.Join(vireo.Root, "run/libvirt/qemu/v0")));
        Assert.Contains("02:00:00:00:00:00", (await vireo.InNetworkAsync("ip", "link", "show", "v0")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("macvtap", (await vireo.InNetworkAsync("ip", "link")).Output, StringComparison.Ordinal);

        Task<string> OnAsync(string uri, string[] lines) => Transcript.OfAsync(line => Command.RunAsync(Command.Find("virsh")!, ["-c", uri, documents.Fill(line)]), lines);
    }

    static string KeptBy(StockDaemon stock) => Path.Join(Path.GetDirectoryName(stock.Socket), "qemu/v0");
}

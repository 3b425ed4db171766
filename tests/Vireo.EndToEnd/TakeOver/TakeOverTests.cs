using Vireo.EndToEnd.Compare;
using Xunit;

namespace Vireo.EndToEnd.TakeOver;

/// <summary>Guests that run stay as they are while libvirtd and vireod take turns on the same folders, and each finds what the other left.</summary>
public sealed class TakeOverTests
{
    const string Secret = "5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d02";

    static string Guest(string name, int number, string more) => $"""
        <domain type='qemu'><name>{name}</name><uuid>91f5b8ee-17f0-4a53-8a0e-5b1a4a6f0c3{number}</uuid><metadata><x:note xmlns:x='urn:note'>kept</x:note></metadata>
        <memory unit='MiB'>32</memory><vcpu current='1'>2</vcpu><iothreads>1</iothreads><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os><features><acpi/></features>
        <cpu mode='custom' match='exact'><model fallback='allow'>Nehalem</model></cpu><on_reboot>restart</on_reboot><devices>
        <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='FILES/{name}.qcow2'/><target dev='vda' bus='virtio'/></disk>
        <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk><controller type='scsi' model='virtio-scsi'/>
        <serial type='pty'/><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel><graphics type='vnc' port='-1'/>
        <watchdog model='i6300esb' action='poweroff'/><rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>{more}</devices></domain>
        """;

    // What each daemon says of it all; free space and processor time go on by themselves.
    static readonly string[] looks =
    [
        "dumpxml g", "dumpxml g --inactive", "dumpxml g --migratable", "dumpxml g --security-info", "dumpxml t", "domstate g --reason", "domstate t --reason",
        "list --all", "list --autostart --name", "list --with-managed-save --name", "list --with-snapshot --with-checkpoint --name", "metadata g urn:note",
        "snapshot-list g --tree", "snapshot-dumpxml g s1", "snapshot-current g --name", "checkpoint-list g", "checkpoint-dumpxml g c1", "domblklist g --details", "domiflist g",
        "vcpupin g", "iothreadinfo g", "ttyconsole g", "domdisplay g", "net-list --all", "net-dumpxml inner", "net-info inner", "net-port-list inner",
        "pool-list --all", "pool-dumpxml kept | grep -v bytes", "vol-list kept", "vol-dumpxml one kept", "secret-list", "nwfilter-list",
        "managedsave-dumpxml m",
    ];

    [Fact]
    public async Task Guests_run_on_while_the_daemons_take_turns_and_can_do_everything_afterwards()
    {
        await using OneHost host = OneHost.Make();
        string files = Path.Join(host.Root, "files");
        Directory.CreateDirectory(files);
        File.SetUnixFileMode(files, (UnixFileMode)0x1ff);
        await host.StartStockAsync();
        await MakeAsync(host, files);
        string[] before = await RunningAsync(host, "g", "t");

        // What libvirtd says itself after a restart is what anybody can know.
        await host.StopAsync();
        await host.StartStockAsync();
        IReadOnlyList<string> stock = await LookAsync(host);
        await host.RunAsync("virsh -q attach-disk g " + files + "/h1.qcow2 sdb --targetbus scsi --subdriver qcow2");
        await host.StopAsync("KILL");

        await host.StartVireoAsync();
        Assert.Equal(before, await RunningAsync(host, "g", "t"));
        await host.RunAsync("virsh -q attach-disk g " + files + "/h2.qcow2 sdc --targetbus scsi --subdriver qcow2");
        await host.RunAsync("virsh -q detach-disk g sdb && virsh -q detach-disk g sdc");
        Assert.Equal(stock, await LookAsync(host));
        await host.RunAsync("virsh -q start v");
        string[] all = await RunningAsync(host, "g", "t", "v");
        Assert.Equal(before, all[..^1]);
        await host.RunAsync("virsh -q attach-disk v " + files + "/h2.qcow2 sdc --targetbus scsi --subdriver qcow2");
        string vireo = await host.RunAsync("virsh dumpxml v");
        IReadOnlyList<string> left = await LookAsync(host);
        await host.StopAsync();

        await host.StartStockAsync();
        Assert.Equal(all, await RunningAsync(host, "g", "t", "v"));
        Assert.Equal(left, await LookAsync(host));
        Assert.Equal(vireo, await host.RunAsync("virsh dumpxml v"));
        await host.RunAsync("virsh -q detach-disk v sdc && virsh -q attach-disk v " + files + "/h1.qcow2 sdb --targetbus scsi --subdriver qcow2");
        await host.RunAsync("virsh -q attach-disk g " + files + "/h2.qcow2 sdc --targetbus scsi --subdriver qcow2 && virsh -q detach-disk g sdc");
        await host.StopAsync();

        await host.StartVireoAsync();
        Assert.Equal(all, await RunningAsync(host, "g", "t", "v"));
        await UseAsync(host, files);
    }

    static async Task MakeAsync(OneHost host, string files)
    {
        await host.RunAsync($"cd {files} && for n in g t v m h1 h2; do qemu-img create -q -f qcow2 $n.qcow2 4M; done; mkdir pool; chmod 666 *.qcow2");
        string net = "<interface type='network'><source network='inner'/><model type='virtio'/></interface>";
        foreach ((string name, string xml) in new (string, string)[]
        {
            ("net", "<network><name>inner</name><bridge name='virbr7'/><ip address='192.168.177.1' netmask='255.255.255.0'><dhcp><range start='192.168.177.10' end='192.168.177.20'/></dhcp></ip></network>"),
            ("secret", $"<secret><uuid>{Secret}</uuid><usage type='volume'><volume>key</volume></usage></secret>"),
            ("g", Guest("g", 1, net)), ("t", Guest("t", 2, "")), ("v", Guest("v", 3, net)), ("m", Guest("m", 4, "")),
        })
            await File.WriteAllTextAsync(Path.Join(files, name + ".xml"), xml.Replace("FILES", files, StringComparison.Ordinal));
        foreach (string line in new[]
        {
            "net-define net.xml", "net-start inner", "net-autostart inner", $"pool-define-as kept dir --target {files}/pool", "pool-start kept", "pool-autostart kept", "vol-create-as kept one 1M",
            "secret-define secret.xml", $"secret-set-value {Secret} --base64 c2VjcmV0", "define g.xml", "define v.xml", "define m.xml", "autostart g", "start g", "create t.xml", "suspend t",
            "start m", "managedsave m", "checkpoint-create-as g c1", "snapshot-create-as g s1 --disk-only --diskspec sda,snapshot=no",
        })
            await host.RunAsync($"virsh -q {line}");
    }

    // Process and time of its start: the same process only if both are the same.
    static async Task<string[]> RunningAsync(OneHost host, params string[] guests)
    {
        var all = new List<string> { await host.RunAsync("cat /run/libvirt/network/inner.pid") };
        foreach (string guest in guests)
        {
            all.Add(await host.RunAsync($"pid=$(cat /run/libvirt/qemu/{guest}.pid) && echo {guest} $pid $(cut -d' ' -f22 /proc/$pid/stat)"));
            Assert.Contains(guest == "t" ? "\"running\":false" : "\"running\":true", await host.RunAsync($$"""virsh qemu-monitor-command {{guest}} '{"execute":"query-status"}'"""), StringComparison.Ordinal);
        }
        return [.. all];
    }

    static async Task<IReadOnlyList<string>> LookAsync(OneHost host)
    {
        var all = new List<string>();
        foreach (string look in looks)
        {
            (int code, string said) = await host.TryAsync($"virsh {look}");
            // A libvirtd that was started again takes the label that it made itself for one that somebody wrote.
            all.Add($"{look}: {code}\n{said.Replace("  <seclabel type='dynamic' model='dac' relabel='yes'/>\n", "", StringComparison.Ordinal)}");
        }
        return all;
    }

    static async Task UseAsync(OneHost host, string files)
    {
        foreach (string line in new[]
        {
            "domstats g", "setvcpus g 2", "setmem g 16M", "blockresize g vda 8M", "snapshot-create-as g s2 --disk-only --diskspec sda,snapshot=no", "snapshot-delete g s1 --metadata",
            "snapshot-delete g s2 --metadata", "blockcommit g vda --active --pivot --wait", "checkpoint-delete g c1", "change-media g sda " + files + "/h2.qcow2 --insert", "resume t", "managedsave g", "start g",
            "start m", "vol-create-as kept two 1M", "net-update inner add ip-dhcp-host '<host mac=\"52:54:00:00:00:09\" ip=\"192.168.177.11\"/>' --live", "reset g",
            "destroy g", "destroy t", "destroy v", "destroy m", "undefine v", "pool-destroy kept",
        })
            await host.RunAsync($"virsh -q {line}");
        await host.RunAsync($"virsh -q start g && virsh -q dump g {files}/core");
        Assert.Contains("Operation:        Dump", await host.RunAsync("virsh domjobinfo g --completed"), StringComparison.Ordinal);
        await host.RunAsync($"virsh -q save g {files}/saved");
        Assert.Contains("Operation:        Save", await host.RunAsync("virsh domjobinfo g --completed"), StringComparison.Ordinal);
        await host.RunAsync("virsh -q net-destroy inner");
        Assert.Equal("", await host.RunAsync("ls /run/libvirt/qemu | grep -E 'xml|pid' | grep -v driver; pgrep -x qemu-system-x86; pgrep -x dnsmasq; true"));
    }
}

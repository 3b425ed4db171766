using System.Diagnostics;
using System.Text.RegularExpressions;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security.Confinement;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Host;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Security;

public sealed partial class AppArmorGuestRulesTests : IDisposable
{
    const string Helper = "/usr/lib/libvirt/virt-aa-helper";
    static readonly DriverPaths paths = HostPaths.System().Driver("qemu");

    readonly string folder = Directory.CreateTempSubdirectory("vireo-rules-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Everything that stock's helper knows how to find in a definition.
    string Document(string more = "") => $"""
        <domain type='kvm' id='5'><name>a vm</name><uuid>11111111-2222-3333-4444-555555555555</uuid><memory>65536</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type><loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
        <nvram>/var/lib/libvirt/qemu/nvram/a.fd</nvram><kernel>/boot/vmlinuz</kernel><initrd>{folder}/initrd</initrd><dtb>{folder}/dtb</dtb></os>
        <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>
        <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='{folder}/top.qcow2'/>
          <backingStore type='file'><format type='raw'/><source file='{folder}/base.img'/><backingStore/></backingStore><target dev='vda' bus='virtio'/></disk>
        <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='{folder}/cd.iso'/><target dev='sda' bus='sata'/><readonly/></disk>
        <disk type='block' device='disk'><driver name='qemu' type='raw'/><source dev='/dev/loop0'/><target dev='vdb' bus='virtio'/></disk>
        <serial type='file'><source path='{folder}/serial'/><log file='{folder}/serial.log'/></serial><serial type='dev'><source path='/dev/ttyS7'/></serial>
        <parallel type='pipe'><source path='{folder}/pipe'/></parallel>
        <channel type='unix'><source mode='bind' path='{folder}/channel'/><target type='virtio' name='a.b'/></channel>
        <graphics type='vnc' socket='{folder}/vnc'/><video><model type='vga'/></video>
        <filesystem type='mount'><source dir='{folder}/rw'/><target dir='x'/></filesystem>
        <filesystem type='mount'><source dir='{folder}/ro'/><target dir='y'/><readonly/></filesystem>
        <input type='evdev'><source dev='/dev/input/event0'/></input>
        <interface type='vhostuser'><mac address='52:54:00:00:00:01'/><source type='unix' path='{folder}/vhost' mode='client'/><model type='virtio'/></interface>
        <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
        <shmem name='my'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>{more}</devices></domain>
        """;

    static IReadOnlyList<string> Rules(DomainDef live) =>
        new AppArmorGuestRules(paths, new QemuConfig()).Of(live with { Id = 5 }, new RunPlaces(paths.RunFolder(5, "a vm"), paths.ChannelFolder(5, "a vm")), [new HostStep.Allow("/dev/input/event0")]);

    [Fact]
    public void Each_file_of_a_definition_is_opened_as_far_as_the_guest_needs_it()
    {
        IReadOnlyList<string> rules = Rules(DomainDef.Parse(Document()));
        foreach (string rule in (string[])
        [
            $"\"{folder}/top.qcow2\" rwk", $"\"{folder}/base.img\" rk", $"\"{folder}/cd.iso\" rk", $"deny \"{folder}/cd.iso\" w", "\"/dev/loop0\" rwk", $"\"{folder}/serial\" rw",
            $"\"{folder}/serial.log\" w", $"\"{folder}/pipe.in\" rw", $"\"{folder}/rw/**\" rwkl", $"\"{folder}/ro/**\" r", $"\"{folder}/ro/\" r", "\"/dev/shm/my\" rw", $"\"{folder}/initrd\" r",
            $"deny \"{folder}/initrd\" w", "\"/var/lib/libvirt/qemu/nvram/a.fd\" rwk", "\"/var/lib/libvirt/qemu/domain-5-a vm/{,**}\" rwk",
        ])
            Assert.True(rules.Contains($"  {rule},"), $"{rule} of\n{string.Join('\n', rules)}");
        // A commit writes into it.
        Assert.DoesNotContain(rules, rule => rule.Contains("deny", StringComparison.Ordinal) && rule.Contains("base.img", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<serial type='file'><source path='/etc/shadow'/></serial>", "'/etc/shadow' is the host's own, and no guest gets it for writing")]
    [InlineData("<disk type='file'><source file='/proc/kcore'/><target dev='vdc'/><readonly/></disk>", "'/proc/kcore' is the host's own, and no guest gets it")]
    public void What_is_the_hosts_own_keeps_a_guest_from_starting(string device, string why)
    {
        var refused = Assert.Throws<VireoException>(() => Rules(DomainDef.Parse(Document(device))));
        Assert.Equal((ErrorCode.InternalError, $"internal error: cannot load AppArmor profile: {why}"), (refused.Code, refused.Message));
    }

    [Fact]
    public void A_device_that_comes_later_brings_its_own_rules()
    {
        Device disk = DomainDef.Parse(Document()).Devices.Disks[1];
        Assert.Equal([$"  \"{folder}/cd.iso\" rk,", $"  deny \"{folder}/cd.iso\" w,"], AppArmorGuestRules.Of(disk, [new HostStep.Allow($"{folder}/cd.iso", ReadOnly: true)]));
    }

    // What stock's own helper opens to a guest is open under ours too, or it is listed here why not.
    [Fact]
    public void Nothing_that_stock_opens_is_missing()
    {
        Assert.SkipUnless(File.Exists(Helper), "stock libvirt's virt-aa-helper is not installed");
        string document = Document();
        (string Path, string Access)[] ours = [.. Rules(DomainDef.Parse(document)).Select(static line => Rule().Match(line)).Select(static m => (m.Groups[1].Value, m.Groups[2].Value))];
        string[] elsewhere =
        [
            "/run/libvirt/**/a vm.pid",                                 // the daemon writes it
            "/run/libvirt/**/*.tunnelmigrate.dest.a vm",                // tunnels come as descriptors
            "/var/lib/libvirt/qemu/domain-a vm/monitor.sock",           // where old versions had it
            "-swtpm.pid",                                               // the daemon writes it
            "/dev/vhost-net",                                           // cards that use it have it as a descriptor, which is no matter of the definition
        ];
        foreach (Match stock in Rule().Matches(Asked(document)))
        {
            (string path, string access) = (stock.Groups[1].Value.Replace("domain--1-", "domain-5-", StringComparison.Ordinal).Replace("/-1-", "/5-", StringComparison.Ordinal), stock.Groups[2].Value);
            if (elsewhere.Any(end => path.EndsWith(end, StringComparison.Ordinal)))
                continue;
            Assert.True(ours.Any(rule => Covers(rule.Path, path) && access.All(letter => rule.Access.Contains(letter, StringComparison.Ordinal))), $"missing: {stock.Value}");
        }
    }

    static bool Covers(string rule, string path) => rule == path
        || rule.EndsWith("/{,**}", StringComparison.Ordinal) && path.StartsWith(rule[..^5], StringComparison.Ordinal)
        || path == "/var/log/libvirt/**/a vm.log" && rule == "/var/log/libvirt/qemu/a vm.log";

    static string Asked(string document)
    {
        using Process helper = Process.Start(new ProcessStartInfo(Helper, ["-c", "-d", "-u", "libvirt-11111111-2222-3333-4444-555555555555"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> said = helper.StandardError.ReadToEndAsync(), result = helper.StandardOutput.ReadToEndAsync();
        helper.StandardInput.Write(document);
        helper.StandardInput.Close();
        helper.WaitForExit();
        string all = result.Result + said.Result;
        Assert.True(helper.ExitCode == 0, all);
        Assert.Contains("/dev/loop0", all, StringComparison.Ordinal);
        return all;
    }

    [GeneratedRegex("^  \"(.*)\" ([a-z]+),", RegexOptions.Multiline)]
    private static partial Regex Rule();
}

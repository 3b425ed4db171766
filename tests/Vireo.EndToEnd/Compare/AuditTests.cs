using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>What stock libvirtd and vireod audit of the same guest, record by record. Both also write it to their logs.</summary>
public sealed partial class AuditTests
{
    // What is between the two is known and left out: which nodes a control group is told (stock's has none here), and a path below --root.
    static IReadOnlyList<string> Records(string log, string root) =>
    [
        .. log.Split('\n').Where(static line => line.Contains(" success=", StringComparison.Ordinal) && !line.Contains("resrc=cgroup", StringComparison.Ordinal))
            .Select(line => Varying().Replace(line[line.IndexOf("success=", StringComparison.Ordinal)..], "$1N").Replace(root, "", StringComparison.Ordinal)),
    ];

    [GeneratedRegex("""(vm-pid=|/dev/pts/)[1-9][0-9]*|(?<=/dev/pts/)0""")]
    private static partial Regex Varying();

    const string Guest = """
        <domain type='qemu'>
          <name>audited</name>
          <uuid>0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f12</uuid>
          <memory unit='MiB'>32</memory>
          <vcpu current='1'>2</vcpu>
          <iothreads>2</iothreads>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <devices>
            <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${IMAGE}'/><target dev='vda' bus='virtio'/></disk>
            <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
            <filesystem type='mount'><source dir='/usr/share'/><target dir='share'/></filesystem>
            <interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>
            <serial type='pty'/>
            <serial type='null'><target port='1'/></serial>
            <parallel type='pty'/>
            <console type='pty'><target type='virtio'/></console>
            <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
            <shmem name='audited memory' role='master'><model type='ivshmem-plain'/><size unit='M'>1</size></shmem>
            <memballoon model='virtio'/>
            ${TPM}
          </devices>
        </domain>
        """;

    const string Settings = "audit_level = 0\naudit_logging = 1\nlog_level = 2\nlog_outputs = \"2:file:${LOG}\"\n";

    [Fact, Trait("libvirtd.conf", "audit_logging")]
    public async Task Both_daemons_audit_the_same()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        Needs.Program("qemu-system-x86_64");
        using var files = new Documents().WithImage("IMAGE", 1 << 20);
        string tpm = Command.Find("swtpm") is null ? "" : "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>";
        files.Set("TPM", tpm);
        files.WithFilled("XML", Guest).WithFilled("BROKEN", Guest.Replace("${IMAGE}", "/nosuch/image", StringComparison.Ordinal));

        string stock, vireo;
        await using (StockDaemon daemon = await StockDaemon.StartAsync(
            $"printf '%s\\n' 'audit_level = 0' 'audit_logging = 1' 'log_level = 2' \"log_outputs = \\\"2:file:$root/audit.log\\\"\" >>/etc/libvirt/libvirtd.conf\n"))
        {
            await LiveAsync(files, $"qemu+unix:///system?socket={daemon.Socket}");
            stock = await File.ReadAllTextAsync(Path.Join(daemon.Root, "audit.log"), TestContext.Current.CancellationToken);
            stock = string.Join('\n', Records(stock, "/nothing"));
        }
        using var conf = new Documents();
        conf.With("LOG", "");
        conf.WithFilled("CONF", Settings);
        await using (VireoDaemon daemon = await VireoDaemon.StartAsync(null, "-f", conf.Fill("${CONF}")))
        {
            await LiveAsync(files, daemon.QemuUri);
            vireo = string.Join('\n', Records(await File.ReadAllTextAsync(conf.Fill("${LOG}"), TestContext.Current.CancellationToken), daemon.Root));
        }
        Assert.NotEmpty(stock);
        Assert.Equal(stock, vireo);
    }

    static async Task LiveAsync(Documents files, string uri)
    {
        foreach (string line in new[]
        {
            "create ${XML}", "destroy audited", "define ${XML}", "start audited", "managedsave audited", "start audited", "destroy audited", "undefine audited --tpm",
        })
            Assert.True((await RunAsync(line)).ExitCode is 0, line);
        Assert.NotEqual(0, (await RunAsync("create ${BROKEN}")).ExitCode);

        Task<CommandResult> RunAsync(string line) => Command.RunAsync(Needs.Program("virsh"), ["-c", uri, .. files.Fill(line).Split(' ')]);
    }
}

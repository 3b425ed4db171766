using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Debian's virsh on stock libvirtd and on vireod, about this machine's devices. Network cards are left out: each daemon is in a network of its own.</summary>
public sealed partial class NodeDeviceTests(TwoDaemons daemons) : IClassFixture<TwoDaemons>
{
    static readonly string[] kinds =
    [
        "system", "pci", "usb_device", "usb", "scsi_host", "scsi_target", "scsi", "storage", "fc_host", "vports", "scsi_generic", "drm", "mdev_types", "mdev", "ccw", "css", "vdpa", "ap_card", "ap_queue",
        "ap_matrix", "vpd",
    ];

    static readonly string[] refused =
    [
        "nodedev-list --inactive", "nodedev-list --cap nonsense", "nodedev-list --cap pci --tree", "nodedev-info computer", "nodedev-dumpxml nobody", "nodedev-dumpxml 2001001b32a9da4e,x,y",
        "nodedev-reset computer", "nodedev-detach computer", "nodedev-reattach computer", "nodedev-detach nobody", "nodedev-destroy computer", "nodedev-undefine computer", "nodedev-start computer",
        "nodedev-autostart computer", "nodedev-create ${NET}", "nodedev-define ${NET}", "nodedev-create ${ORPHAN}", "nodedev-define ${LOST}", "nodedev-create ${PORT}", "nodedev-define ${FOO}", "nodedev-define /nowhere",
        "nodedev-list --all", "nodedev-list --inactive --cap mdev", "nodedev-dumpxml computer --xpath //capability/hardware --wrap", "nodedev-detach computer --driver vfio", 
        "nodedev-autostart computer --disable", "nodedev-event --device nobody --event lifecycle --timeout 1", "nodedev-event --event update --timeout 1 --timestamp", "nodedev-event --list", "nodedev-event --event lifecycle --timeout 1", "nodedev-event --event nonsense",
    ];

    [Fact]
    public async Task Devices_are_told_as_stock_tells_them()
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        string virsh = Command.Find("virsh")!;
        string stock = await OnAsync(daemons.Stock.Socket), ours = await OnAsync(daemons.Vireo.Socket);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string socket)
        {
            using var documents = new Documents();
            documents.With("NET", "<device><parent>computer</parent><capability type='net'><interface>x</interface></capability></device>").With("FOO", "<foo/>")
                .With("ORPHAN", "<device><capability type='mdev'><type id='t'/></capability></device>").With("LOST", "<device><parent>nobody</parent><capability type='mdev'><type id='t'/></capability></device>")
                .With("PORT", "<device><parent>computer</parent><capability type='scsi_host'><capability type='fc_host'><wwnn>1</wwnn><wwpn>2</wwpn></capability></capability></device>");
            Task<CommandResult> Run(string line) => Command.RunAsync(virsh, ["-c", $"qemu+unix:///system?socket={socket}", documents.Fill(line)]);
            string[] devices = [.. (await Run("nodedev-list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static name => !name.StartsWith("net_", StringComparison.Ordinal))];
            Assert.Contains("computer", devices);
            string said = await Transcript.OfAsync(Run, [.. devices.Select(static name => $"nodedev-dumpxml {name}"), .. kinds.Select(static kind => $"nodedev-list --cap {kind}"), .. refused]);
            return $"{string.Join(' ', devices)}\n{Cards().Replace(said.Replace(documents.Fill("${FOO}")[..^"foo.xml".Length], "DOCUMENTS/", StringComparison.Ordinal), "")}";
        }
    }

    static readonly string[] interfaces =
    [
        "iface-list --inactive", "iface-dumpxml nobody", "iface-dumpxml nobody --inactive", "iface-dumpxml lo", "iface-dumpxml lo --xpath //name --wrap", "iface-mac lo", "iface-mac nobody", "iface-name lo",
        "iface-name 52:54:00:00:00:99", "iface-name 00:00:00:00:00:00", "iface-define ${CARD}", "iface-define ${FOO}", "iface-define /nowhere",
        "iface-undefine lo", "iface-start lo", "iface-destroy lo", "iface-undefine nobody", "iface-start nobody", "iface-destroy nobody", "iface-bridge lo br9 --no-stp --delay 3 --no-start", "iface-bridge nobody br9",
        "iface-unbridge nobody --no-start", "iface-unbridge lo",
    ];

    // Debian's libvirt never can; vireod can where files say what the host's network is.
    static readonly string[] transactions = ["iface-begin", "iface-commit", "iface-rollback"];

    static bool NetworkHasFiles => new[] { "/etc/network", "/etc/netplan", "/etc/NetworkManager/system-connections" }.Any(Directory.Exists);

    [Fact]
    public async Task Interfaces_are_told_as_stock_tells_them_and_their_changes_are_refused_alike()
    {
        Assert.SkipWhen(daemons.Missing is not null, daemons.Missing ?? "");
        string virsh = Command.Find("virsh")!;
        string stock = await OnAsync(daemons.Stock.Socket), ours = await OnAsync(daemons.Vireo.Socket);
        Assert.True(stock == ours, $"stock:\n{stock}\nours:\n{ours}");

        async Task<string> OnAsync(string socket)
        {
            using var documents = new Documents();
            documents.With("CARD", "<interface type='ethernet' name='eth9'><start mode='none'/></interface>").With("FOO", "<foo/>");
            string said = await Transcript.OfAsync(line => Command.RunAsync(virsh, ["-c", $"qemu+unix:///system?socket={socket}", documents.Fill(line)]),
                [.. interfaces, .. NetworkHasFiles ? [] : transactions]);
            return said.Replace(documents.Fill("${FOO}")[..^"foo.xml".Length], "DOCUMENTS/", StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("^net_.*\n", RegexOptions.Multiline)]
    private static partial Regex Cards();
}

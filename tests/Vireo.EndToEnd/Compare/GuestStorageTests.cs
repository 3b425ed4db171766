using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>What stock libvirtd and vireod do with the images of guests: encrypted backups, chains, numbers, and what a guest that is off is refused.</summary>
public sealed partial class GuestStorageTests(GuestHosts hosts) : IClassFixture<GuestHosts>
{
    const string Locked = "<encryption format='luks'><secret type='passphrase' uuid='5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d02'/></encryption>";

    static string Disk(string file, string target, string format = "qcow2") =>
        $"<disk type='file' device='disk'><driver name='qemu' type='{format}'/><source file='ROOT/{file}'/><target dev='{target}' bus='virtio'/></disk>";

    static string Guest(string name, params string[] devices) => $"""
        <domain type='qemu'><name>{name}</name><memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>
        <devices>{string.Concat(devices)}<serial type='pty'/></devices></domain>
        """;

    static string Backup(string since, string disks, bool pulls = false) =>
        $"<domainbackup{(pulls ? " mode='pull'" : "")}>{(since.Length > 0 ? $"<incremental>{since}</incremental>" : "")}{(pulls ? "<server transport='unix' socket='ROOT/nbd.sock'/>" : "")}<disks>{disks}</disks></domainbackup>";

    [Fact]
    public Task Backups_go_to_encrypted_stores_as_with_stock() => TypedSide.CompareAsync(hosts, async side =>
    {
        await side.MakeAsync("qemu-img create -q -f qcow2 ea.qcow2 4M && qemu-img create -q -f qcow2 eb.qcow2 2M");
        await side.WriteAsync("e.xml", Guest("e", Disk("ea.qcow2", "vda"), Disk("eb.qcow2", "vdb")));
        await side.WriteAsync("c1.xml", "<domaincheckpoint><name>c1</name></domaincheckpoint>");
        await side.WriteAsync("push.xml", Backup("", $"<disk name='vda' type='file'><target file='ROOT/vda.locked'>{Locked}</target><driver type='qcow2'/></disk><disk name='vdb' type='file'><target file='ROOT/vdb.locked'>{Locked}</target><driver type='raw'/></disk>"));
        await side.WriteAsync("pull.xml", Backup("c1", $"<disk name='vda' type='file'><scratch file='ROOT/vda.scratch'>{Locked}</scratch></disk>", pulls: true));
        await side.WriteAsync("nosecret.xml", Backup("", $"<disk name='vda' type='file'><target file='ROOT/never'>{Locked.Replace("9d02", "9d0f", StringComparison.Ordinal)}</target></disk>"));
        await side.SayAsync("define ROOT/e.xml", "start e --paused", "backup-begin e ROOT/nosecret.xml");
        await side.FillAsync("e", 0, 1, "1M", "64k");
        await side.FillAsync("e", 1, 2, "1M", "64k");
        await BeginAsync(side, "backup-begin e ROOT/push.xml ROOT/c1.xml");
        await EndAsync(side, "e");
        await side.FillAsync("e", 0, 3, "2M", "64k");
        await side.SayAsync("domjobinfo e --completed");
        await BeginAsync(side, "backup-begin e ROOT/pull.xml");
        // A try that failed has taken a number.
        side.Note(Index().Replace(await Transcript.OfAsync(side.VirshAsync, ["backup-dumpxml e"]), "index='N'"));
        await side.FillAsync("e", 0, 4, "1M", "64k");
        await side.HashAsync("nbd+unix:///vda?socket=ROOT/nbd.sock");
        await side.ShellAsync("qemu-img info -U vda.scratch | grep -E '^(file format|encrypted)'");
        await side.SayAsync("domjobabort e");
        await EndAsync(side, "e");
        foreach (string image in new[] { "driver=qcow2,encrypt.key-secret=k,file.filename=ROOT/vda.locked", "driver=luks,key-secret=k,file.filename=ROOT/vdb.locked" })
            await side.HashAsync("--object", "secret,id=k,data=letmein", "--image-opts", image);
        await side.ShellAsync("ls");
        await side.SayAsync("destroy e");
    });

    [Fact]
    public Task Names_of_images_below_stay_relative_as_with_stock() => TypedSide.CompareAsync(hosts, async side =>
    {
        await side.MakeAsync("mkdir -p r && cd r && qemu-img create -q -f qcow2 base 1M && for n in 'mid base' 'upper mid' 'top upper'; do set -- $n; qemu-img create -q -f qcow2 -b $2 -F qcow2 $1; done; for n in base mid upper top; do cp $n p-$n; done; for n in 'mid base' 'upper mid' 'top upper'; do set -- $n; qemu-img rebase -u -f qcow2 -F qcow2 -b p-$2 p-$1; done");
        await side.WriteAsync("r.xml", Guest("r", Disk("r/top", "vda"), Disk("r/p-top", "vdb")));
        async Task NamesAsync() => side.Note(await side.MakeAsync($"grep -o '<relPath>.*' {side.Statuses}/r.xml"));
        const string chain = "cd r && for n in top upper mid base p-top p-upper; do qemu-img info -U $n | grep -E '^(image|backing)'; done";
        await side.SayAsync("define ROOT/r.xml", "start r --paused", "dumpxml r --xpath //disk");
        await NamesAsync();
        await side.SayAsync("blockcommit r vda --base ROOT/r/base --top ROOT/r/mid --keep-relative --wait", "blockcommit r vdb --base ROOT/r/p-base --top ROOT/r/p-mid --wait");
        await side.ShellAsync(chain);
        await NamesAsync();
        await side.SayAsync("blockpull r vda --base ROOT/r/base --keep-relative --wait", "blockpull r vdb --base ROOT/r/p-base --wait");
        await side.ShellAsync(chain);
        await side.SayAsync("dumpxml r --xpath //disk", "blockcommit r vda --active --pivot --keep-relative --wait", "dumpxml r --xpath //disk", "destroy r");
        await side.ShellAsync(chain);
    });

    [Fact]
    public Task Disks_without_room_leave_chains_and_guests_as_they_were_as_with_stock() => TypedSide.CompareAsync(hosts, async side =>
    {
        await side.MakeAsync("for n in small room; do mkdir $n && mount -t tmpfs -o size=1M,mode=777 $n $n; done && qemu-img create -q -f qcow2 small/base 4M"
            + " && qemu-img create -q -f qcow2 -b small/base -F qcow2 middle && qemu-io -f qcow2 -c 'write -q -P 7 0 3M' middle && qemu-img create -q -f qcow2 -b middle -F qcow2 top");
        await side.WriteAsync("f.xml", Guest("f", Disk("top", "vda")));
        await side.WriteAsync("push.xml", Backup("", "<disk name='vda' type='file'><target file='ROOT/room/copy'/><driver type='qcow2'/></disk>"));
        async Task AsBeforeAsync()
        {
            await side.SayAsync("domstate f --reason", "blockjob f vda", "dumpxml f --xpath //disk");
            await side.ShellAsync("qemu-img info -U --backing-chain top | grep -E '^(image|backing file:)'; ls small room; rm -f room/copy");
        }
        await side.SayAsync("define ROOT/f.xml", "start f", "blockcommit f vda --base ROOT/small/base --top ROOT/middle --wait");
        await AsBeforeAsync();
        await side.FillAsync("f", 0, 8, "3M", "64k");
        await side.SayAsync("blockcommit f vda --base ROOT/small/base --active --wait --pivot");
        await AsBeforeAsync();
        await side.SayAsync("blockcopy f vda ROOT/room/copy --wait --transient-job");
        await AsBeforeAsync();
        await BeginAsync(side, "backup-begin f ROOT/push.xml");
        await EndAsync(side, "f");
        await AsBeforeAsync();
        await side.MakeAsync("cat /dev/zero >room/filler 2>/dev/null || true");
        await side.SayAsync("snapshot-create-as f s --disk-only --diskspec vda,file=ROOT/room/overlay", "snapshot-list f --name");
        await AsBeforeAsync();
        await side.SayAsync("save f ROOT/room/saved", "domstate f --reason", "save f /dev/full", "domstate f --reason", "dump f /dev/full", "dump f ROOT/room/core");
        await AsBeforeAsync();
        await side.FillAsync("f", 0, 9, "3M", "64k");
        await side.SayAsync("destroy f");
        await side.MakeAsync("umount ROOT/small ROOT/room");
    });

    [Fact]
    public Task Numbers_of_disks_are_those_of_stock() => TypedSide.CompareAsync(hosts, async side =>
    {
        string served = $"<disk type='network' device='disk'><driver name='qemu' type='raw'/><source protocol='nbd' name='it'><host transport='unix' socket='ROOT/served.sock'/></source><target dev='vdc' bus='virtio'/></disk>";
        string web = "<disk type='network' device='disk'><driver name='qemu' type='raw'/><source protocol='http' name='it'><host name='localhost' port='1'/></source><target dev='vdd' bus='virtio'/></disk>";
        await side.MakeAsync("qemu-img create -q -f qcow2 n.qcow2 4M && truncate -s 1M n.raw && cp n.raw served.raw");
        await side.MakeAsync("qemu-nbd -f raw -x it -k ROOT/served.sock -t -e 5 --fork --pid-file=served.pid served.raw && chmod 666 served.sock");
        try
        {
            await side.WriteAsync("n.xml", Guest("n", Disk("n.qcow2", "vda"), Disk("n.raw", "vdb", "raw"), served, "<disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>", "<controller type='sata'/>"));
            await side.WriteAsync("m.xml", Guest("m", Disk("absent", "vda"), served, web));
            string[] numbers = ["domblkinfo n --all", "domblkinfo n vda", "domblkinfo n vdb", "domblkinfo n vdc", "domblkinfo n sda", "domblkinfo n vdz", "domblkinfo n it", "domblkinfo n ROOT/n.raw", "domstats n --block"];
            await side.SayAsync(["define ROOT/n.xml", "define ROOT/m.xml", .. numbers, "domblkinfo m vda", "domblkinfo m vdc", "domblkinfo m vdd", "domblkinfo m --all", "start n --paused", .. numbers]);
            await side.FillAsync("n", 0, 1, "1M", "64k");
            await side.FillAsync("n", 1, 1, "512k", "64k");
            await side.SayAsync([.. numbers, "destroy n"]);
        }
        finally
        {
            await side.MakeAsync("kill $(cat served.pid)");
        }
    });

    [Fact]
    public async Task What_needs_a_running_guest_is_refused_as_with_stock()
    {
        const string python = "/usr/bin/python3";
        Needs.Program(python);
        await TypedSide.CompareAsync(hosts, async side =>
        {
            await side.MakeAsync("truncate -s 1M o.raw");
            await side.WriteAsync("o.xml", Guest("o", Disk("o.raw", "vda", "raw")));
            await side.SayAsync("define ROOT/o.xml");
            CommandResult calls = await Command.RunAsync(python, [Path.Join(AppContext.BaseDirectory, "Compare/off-guest.py"), side.Uri, "o", side.Folder]);
            side.Note(calls.ToString());
        });
    }

    // vireod tries again by itself where QEMU could not measure what a passphrase costs; stock says so, by chance.
    static async Task BeginAsync(TypedSide side, string line)
    {
        string said;
        do
            said = await Transcript.OfAsync(side.VirshAsync, [line]);
        while (said.Contains("accurate CPU usage", StringComparison.Ordinal));
        side.Note(said);
    }

    [GeneratedRegex(@"index='\d+'")]
    private static partial Regex Index();

    static Task EndAsync(TypedSide side, string guest) => side.UntilAsync($"backup-dumpxml {guest}", static now => now.ExitCode != 0);
}

using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>The same lines about checkpoints, typed at stock libvirtd and at vireod.</summary>
public sealed class CheckpointTests(GuestHosts hosts) : IClassFixture<GuestHosts>
{
    const string Rest = "<disks><disk name='vdc' checkpoint='no'/></disks>";

    static string Disk(string file, string target, string format) =>
        $"<disk type='file'><driver name='qemu' type='{format}'/><source file='ROOT/{file}'/><target dev='{target}' bus='virtio'/></disk>";

    static readonly string Guest = $"""
        <domain type='qemu'><name>g</name><uuid>00000000-0000-0000-0000-00000000000d</uuid><memory unit='MiB'>32</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>
        <devices>{Disk("a.qcow2", "vda", "qcow2")}{Disk("b.qcow2", "vdb", "qcow2")}{Disk("c.raw", "vdc", "raw")}</devices></domain>
        """;

    static readonly string[] refused =
    [
        "<name>c1</name>" + Rest, "<name>e1</name><disks><disk name='vdz'/></disks>", "<name>e2</name><disks><disk name='vdc' checkpoint='bitmap'/></disks>",
        "<name>e4</name><disks><disk name='vda'/><disk name='vda'/></disks>", "<name>e5</name><disks><disk name='vda' checkpoint='bitmap' bitmap='bm3'/></disks>",
        "<name>e6</name><disks><disk name='vda' checkpoint='no' bitmap='x'/></disks>", "<name>e7</name><disks><disk checkpoint='no'/></disks>",
        "<name>e8</name><disks><disk name='vda' checkpoint='foo'/></disks>", "<name>a/b</name>" + Rest, "<name></name>" + Rest, "<name>.x</name>" + Rest, "<name>e9</name><disks/>",
    ];

    static async Task TakeAsync(TypedSide side, string inside, string flags = "")
    {
        await side.WriteAsync("taken.xml", $"<domaincheckpoint>{inside}</domaincheckpoint>");
        await side.SayAsync("checkpoint-create g ROOT/taken.xml" + flags);
    }

    static async Task StartAsync(TypedSide side)
    {
        await side.MakeAsync("qemu-img create -q -f qcow2 a.qcow2 2M && qemu-img create -q -f qcow2 b.qcow2 2M && qemu-img create -q -f raw c.raw 1M");
        await side.WriteAsync("g.xml", Guest);
        await side.SayAsync("define ROOT/g.xml", "checkpoint-create g", "checkpoint-list g", "start g --paused", "checkpoint-create g");
        await TakeAsync(side, "<name>c1</name>" + Rest);
        await TakeAsync(side, "<name>c2</name><description>second one</description><disks><disk name='vda' checkpoint='bitmap'/></disks>");
        await TakeAsync(side, "<name>c3</name><disks><disk name='vda' checkpoint='bitmap' bitmap='bm3'/><disk name='vdb' checkpoint='bitmap'/></disks>");
    }

    [Fact]
    public Task Checkpoints_are_taken_shown_and_refused_as_with_stock() => TypedSide.CompareAsync(hosts, async side =>
    {
        await StartAsync(side);
        foreach (string inside in refused)
            await TakeAsync(side, inside);
        await TakeAsync(side, "<name>e3</name><disks><disk name='vda' checkpoint='no'/><disk name='vdb' checkpoint='no'/><disk name='vdc' checkpoint='no'/></disks>");
        await TakeAsync(side, "<name>e10</name><disks><disk name='ROOT/b.qcow2' checkpoint='bitmap'/></disks>");
        await TakeAsync(side, "<name>c6</name>" + Rest, " --redefine");
        await side.SayAsync(
            "checkpoint-create-as g c7 'some words' --diskspec vda --diskspec vdb,checkpoint=bitmap,bitmap=other", "checkpoint-create-as g c7b --diskspec vda,checkpoint=foo",
            "checkpoint-create-as g c7c --diskspec vda,foo=bar", "checkpoint-create-as g c8 --print-xml --diskspec vda", "checkpoint-create-as g c9 --quiesce --print-xml");
        await side.SayAsync([.. new[]
        {
            "", "--tree", "--parent", "--topological", "--tree --parent", "--roots", "--leaves", "--no-leaves", "--name", "--from c1", "--from c1 --descendants", "--from c1 --tree",
            "--from c2 --descendants --topological", "--from nope", "--tree --roots", "--tree --name", "--parent --roots", "--descendants", "--no-leaves --leaves", "--roots --from c1",
            "--leaves --topological --parent",
        }.Select(static flags => $"checkpoint-list g {flags}")]);
        await side.SayAsync([.. new[] { "c1", "c2 --no-domain", "c3 --size", "c3 --size --no-domain", "c1 --security-info", "nope", "c1 --foo" }.Select(static which => $"checkpoint-dumpxml g {which}")]);
        await side.SayAsync("checkpoint-parent g c1", "checkpoint-parent g c3", "checkpoint-parent g nope", "checkpoint-info g c3", "checkpoint-info g c1", "checkpoint-info g nope");
    });

    [Fact]
    public Task Checkpoints_are_told_again_and_go_as_with_stock() => TypedSide.CompareAsync(hosts, async side =>
    {
        await StartAsync(side);
        string document = (await side.VirshAsync("checkpoint-dumpxml g c2")).Output;
        async Task AgainAsync(string from, string to, string flags = "")
        {
            Assert.Contains(from, document, StringComparison.Ordinal);
            await side.WriteAsync("again.xml", document.Replace(from, to, StringComparison.Ordinal));
            await side.SayAsync("checkpoint-create g ROOT/again.xml --redefine" + flags);
        }
        await AgainAsync("c2", "c2");
        await AgainAsync("c2", "c2", " --redefine-validate");
        await AgainAsync("-00000000000d", "-00000000000e");
        await AgainAsync("<name>c1</name>", "<name>c3</name>");
        await AgainAsync("<name>c1</name>", "<name>zzz</name>");
        await AgainAsync("<name>c1</name>", "<name>c2</name>");
        await AgainAsync("<name>c2</name>", "<name>new</name>", " --redefine-validate");
        await AgainAsync("<creationTime>", "<creationTime>x");
        await AgainAsync("<name>c2</name>", "<name>new</name>");
        await side.SayAsync("checkpoint-list g --tree", "checkpoint-delete g new --metadata", "checkpoint-delete g new", "checkpoint-delete g nope", "checkpoint-delete g c1 --children --children-only",
            "checkpoint-delete g", "undefine g", "checkpoint-edit g nope", "checkpoint-create g --print-xml");
        foreach (string name in new[] { "k1", "k2", "k3", "k4" })
            await TakeAsync(side, $"<name>{name}</name>{Rest}");
        await side.SayAsync("snapshot-create-as g s1 --disk-only --no-metadata --diskspec vda,file=ROOT/over --diskspec vdb,snapshot=no --diskspec vdc,snapshot=no",
            "checkpoint-delete g k4 --metadata", "checkpoint-list g --tree", "checkpoint-delete g c2", "checkpoint-list g --tree", "checkpoint-delete g k2 --children-only", "checkpoint-list g --tree",
            "checkpoint-delete g c3 --children --metadata", "checkpoint-list g --tree", "destroy g", "checkpoint-list g --tree", "checkpoint-delete g c1", "undefine g");
        await side.WriteAsync("again.xml", document);
        await side.SayAsync("checkpoint-create g ROOT/again.xml", "checkpoint-dumpxml g c1 --size --no-domain", "start g --paused", "checkpoint-delete g c1 --children", "checkpoint-list g",
            "destroy g", "undefine g --checkpoints-metadata", "create ROOT/g.xml --paused");
        await TakeAsync(side, "<name>t1</name>" + Rest);
        await side.SayAsync("checkpoint-dumpxml g t1 --size --no-domain", "destroy g", "checkpoint-list g");
    });
}

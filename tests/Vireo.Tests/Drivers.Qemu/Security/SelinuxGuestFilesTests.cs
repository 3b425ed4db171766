using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Security.Confinement;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Security;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Tests.Hypervisor.Security;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Security;

/// <summary>The files of guests on a host that has SELinux: what each is called while the guest runs, and afterwards.</summary>
public sealed class SelinuxGuestFilesTests : IDisposable
{
    const string Before = "system_u:object_r:before_t:s0", Content = "system_u:object_r:virt_content_t:s0", Shared = "system_u:object_r:svirt_image_t:s0";

    readonly SelinuxTree tree = new();
    readonly string folder;
    readonly QemuSecurity security;
    readonly DomainDef live;
    readonly string image;

    public SelinuxGuestFilesTests()
    {
        Assert.SkipUnless(OwnProcess.IsRoot, "needs root, to label files");
        Assert.SkipWhen(SelinuxPolicy.IsThere(FileSystemRoot.Host), "this host's own policy has a say");
        folder = Directory.CreateTempSubdirectory("labelled").FullName;
        foreach (string name in (string[])["top", "chain", "base", "base2", "ro", "sh", "own", "same", "nvdimm", "fw", "nvram", "kernel", "initrd", "dtb", "table", "p.in", "p.out", "tty", "sock"])
            Put(name);
        Assert.SkipWhen(LabelOf("top") is null, "the file system keeps no labels");
        security = Security();
        live = security.Label(Guest());
        image = live.SecurityLabels[0].ImageLabel!;
    }

    public void Dispose()
    {
        tree.Dispose();
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }

    QemuSecurity Security() => QemuSecurity.Create(new QemuConfig { Namespaces = [], DynamicOwnership = false }, HostPaths.System(tree.Folder), TimeProvider.System, host: tree.Root);

    GuestConfinement Confinement => security.Confinement!;

    string At(string name) => Path.Join(folder, name);

    void Put(string name)
    {
        File.WriteAllText(At(name), "");
        _ = FileOwner.SetAttribute(At(name), SelinuxFiles.Attribute, Before + '\0');
    }

    string? LabelOf(string name) => SelinuxFiles.Find(At(name));

    string? Remembered(string name) => FileOwner.Attribute(At(name), "trusted.libvirt.security.selinux", out _);

    static string Disk(string device, string source, string more = "") =>
        $"<disk type='file' device='disk'><driver name='qemu' type='raw'/>{source}<target dev='{device}' bus='virtio'/>{more}</disk>";

    DomainDef Guest(string devices = "", string uuid = "11111111-2222-3333-4444-555555555555") => DomainDef.Parse($"""
        <domain type='qemu'><name>d</name><uuid>{uuid}</uuid><memory>65536</memory>
        <sysinfo type='fwcfg'><entry name='opt/x/y' file='{At("fw")}'/></sysinfo>
        <os><type>hvm</type><kernel>{At("kernel")}</kernel><initrd>{At("initrd")}</initrd><dtb>{At("dtb")}</dtb>
          <nvram>{At("nvram")}</nvram><acpi><table type='slic'>{At("table")}</table></acpi></os>
        <devices>
          {Disk("vda", $"<source file='{At("top")}'/>")}
          {Disk("vdb", $"<source file='{At("chain")}'/>", $"<backingStore type='file'><format type='raw'/><source file='{At("base")}'/><backingStore type='file'><format type='raw'/><source file='{At("base2")}'/><backingStore/></backingStore></backingStore>")}
          {Disk("vdc", $"<source file='{At("ro")}'/>", "<readonly/>")}
          {Disk("vdd", $"<source file='{At("sh")}'/>", "<shareable/>")}
          {Disk("vde", $"<source file='{At("own")}'><seclabel model='selinux' relabel='yes'><label>system_u:object_r:own_t:s0</label></seclabel></source>")}
          {Disk("vdf", $"<source file='{At("same")}'><seclabel model='selinux' relabel='no'/></source>")}
          {devices}
          <serial type='pipe'><source path='{At("p")}'/></serial>
          <serial type='dev'><source path='{At("tty")}'/></serial>
          <serial type='file'><source path='{At("serial.log")}'/></serial>
          <channel type='unix'><source mode='bind' path='{At("sock")}'/><target type='virtio' name='x'/></channel>
          <memory model='nvdimm'><source><path>{At("nvdimm")}</path></source><target><size unit='MiB'>4</size><node>0</node></target></memory>
        </devices></domain>
        """);

    static async Task RunAsync(IEnumerable<FlowPart> parts)
    {
        var done = new Stack<FlowPart>();
        try
        {
            foreach (FlowPart part in parts)
            {
                await part.Run(CancellationToken.None);
                done.Push(part);
            }
        }
        catch
        {
            foreach (FlowPart part in done)
                await part.Undo!();
            throw;
        }
    }

    Task GiveAsync(DomainDef guest) => RunAsync(FileLabels.Give(security, Confinement.FilesOf(guest), []));

    void TakeBack(QemuSecurity daemon, DomainDef guest, bool perhaps = false)
    {
        foreach (FileLabel file in daemon.Confinement!.FilesOf(guest).Where(static f => f.IsReturned))
            daemon.Confinement.TakeBack(file.Path, perhaps);
    }

    // The order and the labels are those of stock libvirtd 9.0.0.
    [Fact]
    public void Each_file_gets_the_label_of_what_it_is_in_libvirts_order() => Assert.Equal(
        [
            ("top", image, true), ("chain", image, true), ("base", Content, false), ("base2", Content, false), ("ro", Content, false), ("sh", Shared, false),
            ("own", "system_u:object_r:own_t:s0", true), ("nvdimm", image, true), ("p.in", image, true), ("p.out", image, true), ("tty", image, true), ("sock", image, true),
            ("fw", Content, true), ("nvram", image, true), ("kernel", Content, true), ("initrd", Content, true), ("dtb", Content, true), ("table", Content, true),
        ],
        Confinement.FilesOf(live).Select(f => (Path.GetFileName(f.Path), f.Label, f.IsReturned)));

    [Theory]
    [InlineData("<seclabel type='none' model='selinux'/>")]
    [InlineData("<seclabel type='static' model='selinux' relabel='no'><label>a:b:c:s0:c1,c2</label></seclabel>")]
    public void Without_a_label_or_leave_to_change_others_all_stay_as_they_are(string label)
    {
        DomainDef own = security.Label(DomainDef.Parse(Guest().ToXml().Replace("</devices>", "</devices>" + label, StringComparison.Ordinal)));
        Assert.Empty(Confinement.FilesOf(own));
        Confinement.LabelOwn(own, At("top"));
        Confinement.LabelTree(own, folder);
        Assert.Equal(Before, LabelOf("top"));
    }

    [Fact]
    public async Task They_get_their_labels_from_before_back_and_what_others_may_use_stays_as_it_is()
    {
        await GiveAsync(live);
        Assert.Equal((image, Content, Shared, Before), (LabelOf("top"), LabelOf("base"), LabelOf("sh"), LabelOf("same")));
        Assert.Equal((Before, null), (Remembered("top"), Remembered("base")));
        TakeBack(security, live);
        foreach (string name in (string[])["top", "chain", "own", "nvdimm", "fw", "nvram", "kernel", "dtb", "table", "p.in", "tty"])
            Assert.Equal((name, Before, null), (name, LabelOf(name), Remembered(name)));
        Assert.Equal((Content, Content, Shared), (LabelOf("base2"), LabelOf("ro"), LabelOf("sh")));
    }

    [Fact]
    public async Task A_start_that_fails_gives_back_what_it_gave()
    {
        File.Delete(At("nvram"));
        var failed = await Assert.ThrowsAsync<VireoException>(() => GiveAsync(live));
        Assert.Equal($"unable to set security context '{image}' on '{At("nvram")}': No such file or directory", failed.Message);
        foreach (string name in (string[])["top", "chain", "own", "nvdimm", "fw", "kernel"])
            Assert.Equal((name, Before, null), (name, LabelOf(name), Remembered(name)));
    }

    [Fact]
    public async Task A_daemon_that_comes_later_gives_back_what_one_before_it_gave_and_touches_nothing_that_was_not_given()
    {
        await RunAsync(FileLabels.Give(security, Confinement.FilesOf(live).Take(3), []));
        QemuSecurity next = Security();
        TakeBack(next, live, perhaps: true);
        Assert.Equal((Before, Before, Content), (LabelOf("top"), LabelOf("chain"), LabelOf("base")));
        Assert.Equal((Before, null), (LabelOf("kernel"), Remembered("kernel")));
    }

    [Fact]
    public async Task A_file_of_another_guests_is_refused_and_what_a_guest_shares_is_not()
    {
        await GiveAsync(live);
        DomainDef other = security.Label(Guest(uuid: "11111111-2222-3333-4444-666666666666"));
        FileLabel[] wanted = [.. Confinement.FilesOf(other)];
        Assert.Equal($"Requested operation is not valid: Setting different SELinux label on {At("top")} which is already in use",
            Assert.Throws<VireoException>(() => Confinement.Label(wanted[0])).Message);
        foreach (FileLabel file in wanted.Where(static f => !f.IsReturned))
            Confinement.Label(file);
        Assert.Equal(image, LabelOf("top"));
    }

    [Fact]
    public async Task An_image_with_another_one_on_top_lets_go_and_that_one_is_called_at_the_end_what_the_image_was()
    {
        await GiveAsync(live);
        Put("snap");
        Confinement.Label(new FileLabel(At("snap"), image, IsReturned: true));
        Confinement.Follow(At("top"), At("snap"));
        Assert.Equal((image, null, Before), (LabelOf("top"), Remembered("top"), Remembered("snap")));
        // The next guest that stands on it is not refused, nor is one that writes to it.
        DomainDef other = security.Label(Guest(uuid: "11111111-2222-3333-4444-666666666666"));
        Confinement.Label(Confinement.FilesOf(other)[0]);
        Assert.Equal(other.SecurityLabels[0].ImageLabel, LabelOf("top"));
        Confinement.TakeBack(At("snap"));
        Assert.Equal((Before, null), (LabelOf("snap"), Remembered("snap")));
    }

    [Fact]
    public async Task An_image_that_a_commit_wrote_to_is_one_that_is_only_read_again()
    {
        await GiveAsync(live);
        FileLabel backing = Confinement.FilesOf(live).Single(f => f.Path == At("base"));
        Confinement.Label(backing with { Label = image, IsReturned = true });
        Assert.Equal((image, Content), (LabelOf("base"), Remembered("base")));
        Confinement.Settle(backing);
        Assert.Equal((Content, null), (LabelOf("base"), Remembered("base")));
        Confinement.Settle(backing);
        Assert.Equal(Content, LabelOf("base"));
    }

    [Fact]
    public void An_active_commits_image_is_the_guests_while_the_commit_lasts()
    {
        Disk disk = live.Devices.Disks.First(static d => d.Target.Device == "vdb");
        DomainDef committing = live with
        {
            Devices = live.Devices.Replace(disk, disk with { Mirror = new DiskMirror { Source = new DiskSource.OfFile { Path = At("base2") }, Format = StorageFormat.Raw } }),
        };
        Assert.Equal(("base2", image, true), Confinement.FilesOf(committing).Where(f => f.Path == At("base2")).Select(f => (Path.GetFileName(f.Path), f.Label, f.IsReturned)).Single());
    }

    [Fact]
    public async Task Open_files_and_pipes_of_a_guest_are_labelled_and_stay_so()
    {
        File.WriteAllText(At("serial.log"), "");
        using (SafeFileHandle log = File.OpenHandle(At("serial.log"), FileMode.Open, FileAccess.Write), node = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite))
            await Confinement.AdmitAsync(live, [new(new DescriptorStep.OpenFile(At("serial.log"), FilePurpose.Source, false), log), new(null, node)], CancellationToken.None);
        Assert.Equal(image, LabelOf("serial.log"));
        Assert.DoesNotContain(At("serial.log"), Confinement.FilesOf(live).Select(static f => f.Path));
    }

    [Fact]
    public void A_folder_is_labelled_with_all_in_it_but_what_links_lead_to()
    {
        Directory.CreateDirectory(At("tpm/tpm2"));
        Put("tpm/tpm2/state");
        File.CreateSymbolicLink(At("tpm/link"), At("top"));
        Confinement.LabelTree(live, At("tpm"));
        Assert.Equal((image, image, image, Before), (LabelOf("tpm"), LabelOf("tpm/tpm2"), LabelOf("tpm/tpm2/state"), LabelOf("top")));
        Confinement.LabelOwn(live, At("fw"));
        Assert.Equal((image, null), (LabelOf("fw"), Remembered("fw")));
    }

    [Fact]
    public void Sockets_are_made_in_the_guests_context_and_connections_in_the_daemons_with_its_categories()
    {
        string guest = live.SecurityLabels[0].Label!, range = SecurityContext.Parse(guest)!.Range!;
        string said() => tree.Read("/proc/thread-self/attr/sockcreate");
        UnixSockets.Labelling sockets = security.SocketsOf(live)!, connections = security.ConnectionsTo(live)!;
        using (sockets())
            Assert.StartsWith(guest, said(), StringComparison.Ordinal);
        using (connections())
            Assert.StartsWith($"system_u:system_r:virtd_t:{range}", said(), StringComparison.Ordinal);
        Assert.StartsWith("\n", said(), StringComparison.Ordinal);
        DomainDef free = security.Label(Guest() with { SecurityLabels = [new SecurityLabel { Type = SecurityLabelType.None, Model = "selinux" }] });
        using (security.SocketsOf(free)!())
            Assert.StartsWith("\n", said(), StringComparison.Ordinal);
    }
}

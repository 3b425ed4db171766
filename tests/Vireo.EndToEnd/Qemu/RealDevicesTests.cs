using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Vireo.Host.Processes;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>Devices that a machine without special hardware can have: real QEMU takes what the planners say, and nothing stays behind.</summary>
public sealed class RealDevicesTests
{
    static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    const string Nodes = "<maxMemory slots='4' unit='MiB'>4096</maxMemory><cpu><numa><cell id='0' cpus='0' memory='64' unit='MiB'/></numa></cpu>";
    const string Shared = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>";
    const string OfFile = "<memoryBacking><source type='file'/><access mode='shared'/><allocation mode='immediate'/></memoryBacking>";

    [Theory]
    [InlineData("", "<filesystem type='mount' accessmode='mapped'><source dir='ROOT/folder'/><target dir='tag'/></filesystem>", "virtio-9p-pci")]
    [InlineData("", "<filesystem type='mount' multidevs='remap'><source dir='ROOT/folder'/><target dir='tag'/><readonly/></filesystem>", "multidevs=remap")]
    [InlineData("", "<shmem name='vireo-test-shmem'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>", "ivshmem-plain")]
    [InlineData(Nodes, "<memory model='dimm'><target><size unit='MiB'>64</size><node>0</node></target></memory>", "pc-dimm")]
    [InlineData(Nodes, "<memory model='nvdimm'><source><path>ROOT/module</path></source><target><size unit='MiB'>64</size><node>0</node><label><size unit='KiB'>128</size></label></target></memory>", "nvdimm0")]
    [InlineData(Nodes, "<memory model='virtio-mem'><target><size unit='MiB'>128</size><node>0</node><block unit='MiB'>2</block><requested unit='MiB'>64</requested></target></memory>", "virtio-mem-pci")]
    [InlineData(Nodes, "<memory model='virtio-pmem' access='shared'><source><path>ROOT/module</path></source><target><size unit='MiB'>64</size></target></memory>", "virtio-pmem-pci")]
    [InlineData(Nodes + OfFile, "", "/ram/1-g/ram-node0")]
    [InlineData(OfFile, "", "/ram/1-g/pc.ram")]
    [InlineData("", "<smartcard mode='passthrough' type='unix'><source mode='bind' path='ROOT/card'/></smartcard>", "ccid-card-passthru")]
    [InlineData("", "<redirdev bus='usb' type='unix'><source mode='bind' path='ROOT/lent'/></redirdev><redirfilter><usbdev class='0x08' allow='no'/></redirfilter>", "usb-redir")]
    [InlineData("", "<disk type='file'><driver name='qemu' type='raw'/><source file='ROOT/module'><slices><slice type='storage' offset='512' size='65536'/></slices></source><target dev='vda' bus='virtio'/></disk>", "\"offset\":512")]
    [InlineData("", "<disk type='file'><driver name='qemu' type='raw'/><source file='ROOT/module'/><target dev='vda' bus='virtio'/><iotune><total_bytes_sec>1000000</total_bytes_sec><total_iops_sec_max>50</total_iops_sec_max><total_iops_sec>10</total_iops_sec></iotune></disk><disk type='file'><source file='ROOT/other'/><target dev='sda' bus='usb'/><iotune><read_bytes_sec>1000000</read_bytes_sec></iotune></disk>", "libvirt-1-format")]
    [InlineData("", "<disk type='file'><driver name='qemu' type='raw'/><source file='ROOT/module'/><target dev='sda' bus='usb' removable='on'/></disk>", "usb-storage")]
    [InlineData("", "<interface type='user'><model type='e1000'/><rom bar='off'/></interface>", "\"rombar\":0")]
    [InlineData("", "<crypto model='virtio' type='qemu'><backend model='builtin' queues='1'/></crypto>", "virtio-crypto-pci")]
    [InlineData("", "<input type='tablet' bus='virtio'/><sound model='ich9'/><watchdog model='i6300esb' action='pause'/><panic model='isa'/>", "pvpanic")]
    [InlineData("", "<panic model='pvpanic'/>", "pvpanic-pci")]
    public async Task A_machine_with_the_device_starts(string machine, string device, string argument)
    {
        await using QemuRoot root = await new QemuRoot().StartAsync();
        string top = root.Paths.Root!;
        Directory.CreateDirectory(Path.Join(top, "folder"));
        await File.WriteAllBytesAsync(Path.Join(top, "module"), new byte[64 << 20], Test);
        await File.WriteAllBytesAsync(Path.Join(top, "other"), new byte[1 << 20], Test);
        string xml = QemuRoot.Guest("g", machine).Replace("<memballoon", device.Replace("ROOT", top, StringComparison.Ordinal) + "<memballoon", StringComparison.Ordinal);
        DomainRef g = await root.Get<IDomainPower>().CreateTransientAsync(xml, DomainCreateFlags.StartPaused, Test);
        string line = await File.ReadAllTextAsync($"/proc/{Assert.Single(root.Pids())}/cmdline", Test);
        Assert.Contains(argument, line, StringComparison.Ordinal);
        await root.Get<IDomainPower>().DestroyAsync(g, Test);
        Assert.Empty(root.Pids());
        Assert.False(Directory.Exists(Path.Join(root.Places.MemoryBackingDir, "1-g")));
        Assert.False(Directory.Exists(root.Places.RunFolder(g.Id, "g")));
        File.Delete("/dev/shm/vireo-test-shmem");
    }

    [Fact]
    public async Task A_disk_on_an_NBD_server_is_opened()
    {
        string program = Needs.Program("qemu-nbd");
        await using QemuRoot root = await new QemuRoot().StartAsync();
        string socket = Path.Join(root.Paths.Root!, "nbd"), image = Path.Join(root.Paths.Root!, "image");
        await File.WriteAllBytesAsync(image, new byte[1 << 20], Test);
        using HostProcess server = await root.Processes.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = ["--socket", socket, "--format", "raw", "--export-name", "disk", "--persistent", image],
        }, Test);
        for (int i = 0; i < 3000 && !File.Exists(socket) && !server.Exited.IsCompleted; i++) await Task.Delay(10, Test);
        File.SetUnixFileMode(socket, (UnixFileMode)0x1ff);
        string xml = QemuRoot.Guest("g").Replace("<memballoon", $"""
            <disk type='network'><driver name='qemu' type='raw'/><source protocol='nbd' name='disk'><host transport='unix' socket='{socket}'/></source><target dev='vda' bus='virtio'/></disk>
            <memballoon
            """, StringComparison.Ordinal);
        DomainRef g = await root.Get<IDomainPower>().CreateTransientAsync(xml, DomainCreateFlags.StartPaused, Test);
        Assert.Contains("\"driver\":\"nbd\"", await File.ReadAllTextAsync($"/proc/{Assert.Single(root.Pids())}/cmdline", Test), StringComparison.Ordinal);
        await root.Get<IDomainPower>().DestroyAsync(g, Test);
        await server.EndAsync(TimeSpan.FromSeconds(5), TimeProvider.System, Test);
    }

    [Fact]
    public async Task A_folder_is_served_by_virtiofsd_as_long_as_its_guest_runs()
    {
        Needs.Root();
        Needs.Program("/usr/lib/qemu/virtiofsd");
        await using QemuRoot root = await new QemuRoot().StartAsync();
        string folder = Path.Join(root.Paths.Root!, "folder");
        Directory.CreateDirectory(folder);
        string xml = QemuRoot.Guest("g", Shared).Replace("<memballoon", $"""
            <filesystem type='mount'><driver type='virtiofs'/><binary xattr='on'><cache mode='none'/><sandbox mode='chroot'/></binary><source dir='{folder}'/><target dir='tag'/></filesystem>
            <memballoon
            """, StringComparison.Ordinal);
        DomainRef g = await root.Get<IDomainPower>().CreateTransientAsync(xml, DomainCreateFlags.StartPaused, Test);
        string pidFile = Path.Join(root.Places.StateDir, "1-g-fs0-fs.pid");
        int pid = int.Parse(await File.ReadAllTextAsync(pidFile, Test));
        using HostProcess server = root.Processes.Find(pid)!;
        Assert.Contains($"source={folder},cache=none,sandbox=chroot,xattr", await File.ReadAllTextAsync($"/proc/{pid}/cmdline", Test), StringComparison.Ordinal);
        Assert.Contains("vhost-user-fs-pci", await File.ReadAllTextAsync($"/proc/{Assert.Single(root.Pids())}/cmdline", Test), StringComparison.Ordinal);
        await root.Get<IDomainPower>().DestroyAsync(g, Test);
        await server.Exited;
        Assert.False(File.Exists(pidFile));
    }
}

using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

/// <summary>PCI functions on a tree that does what the kernel does when its files are written to.</summary>
public sealed class HostPciTests : IDisposable
{
    static readonly HostPciAddress At = new() { Domain = 0, Bus = 6, Slot = 0x12, Function = 5 };
    const string Name = "0000:06:12.5";

    readonly string sys = Directory.CreateTempSubdirectory("sys").FullName;
    readonly List<string> written = [];
    bool willing = true;

    public HostPciTests()
    {
        foreach (string driver in (string[])["igb", "vfio-pci"])
            Directory.CreateDirectory(Path.Join(sys, "bus/pci/drivers", driver));
        string folder = Path.Join(sys, "bus/pci/devices", Name);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Join(folder, "config"), new byte[64]);
        Directory.CreateDirectory(Path.Join(sys, "kernel/iommu_groups/17"));
        File.CreateSymbolicLink(Path.Join(folder, "iommu_group"), "../../../../kernel/iommu_groups/17");
        Bind("igb");
    }

    public void Dispose() => Directory.Delete(sys, recursive: true);

    HostPci Host(Func<string, bool>? load = null) => new(sys, Write, load ?? (static _ => false));

    string Link => Path.Join(sys, "bus/pci/devices", Name, "driver");

    string? Driver => new FileInfo(Link).LinkTarget is { } target ? Path.GetFileName(target) : null;

    void Bind(string driver) => File.CreateSymbolicLink(Link, "../../drivers/" + driver);

    void Write(string file, string word)
    {
        string where = Path.GetRelativePath(sys, file);
        written.Add($"{where}={word.Trim()}");
        string wish = Path.Join(sys, "override");
        if (where.EndsWith("driver_override", StringComparison.Ordinal))
            File.WriteAllText(wish, word.Trim());
        else if (where.EndsWith("unbind", StringComparison.Ordinal))
            File.Delete(Link);
        else if (where == "bus/pci/drivers_probe" && Driver is null && (File.ReadAllText(wish) is var driver) && (driver != "vfio-pci" || willing))
            Bind(driver.Length > 0 ? driver : "igb");
    }

    [Fact]
    public void A_function_goes_to_vfio_and_comes_back()
    {
        Host().Take(At, managed: true);
        Assert.Equal("vfio-pci", Driver);
        Assert.Equal("/dev/vfio/17", Host().GroupNodeOf("pci/devices/" + Name));
        Host().Take(At, managed: true);     // it is there
        Host().GiveBack(At);
        Assert.Equal("igb", Driver);
        Host().GiveBack(At);
        string folder = $"bus/pci/devices/{Name}";
        Assert.Equal([$"{folder}/driver_override=vfio-pci", $"{folder}/driver/unbind={Name}", $"bus/pci/drivers_probe={Name}",
            $"{folder}/driver_override=", $"{folder}/driver/unbind={Name}", $"bus/pci/drivers_probe={Name}"], written);
    }

    [Fact]
    public void A_function_that_vfio_does_not_take_stays_its_drivers()
    {
        willing = false;
        var refused = Assert.Throws<VireoException>(() => Host().Take(At, managed: true));
        Assert.Equal((ErrorCode.InternalError, "igb"), (refused.Code, Driver));
    }

    [Fact]
    public void The_module_is_loaded_where_it_is_not()
    {
        Directory.Delete(Path.Join(sys, "bus/pci/drivers/vfio-pci"));
        Assert.Contains("Failed to load PCI driver module vfio-pci", Assert.Throws<VireoException>(() => Host().Take(At, managed: true)).Message, StringComparison.Ordinal);
        Assert.Empty(written);
        Host(module => module == "vfio-pci").Take(At, managed: true);
        Assert.Equal("vfio-pci", Driver);
    }

    [Fact]
    public void What_nobody_took_from_its_driver_is_refused_where_it_is_not_managed()
    {
        var refused = Assert.Throws<VireoException>(() => Host().Take(At, managed: false));
        Assert.Equal((ErrorCode.OperationInvalid, $"Requested operation is not valid: Unmanaged PCI device {Name} must be manually detached from the host"), (refused.Code, refused.Message));
        Assert.Empty(written);
    }

    [Fact]
    public void Bridges_and_what_is_not_there_are_refused()
    {
        Assert.Equal(ErrorCode.SystemError, Assert.Throws<VireoException>(() => Host().Take(At with { Bus = 7 }, managed: true)).Code);
        File.WriteAllBytes(Path.Join(sys, "bus/pci/devices", Name, "config"), [.. new byte[0x0e], 0x81, 0]);
        Assert.Equal(ErrorCode.ConfigUnsupported, Assert.Throws<VireoException>(() => Host().Take(At, managed: true)).Code);
        Assert.Empty(written);
    }

    // A port of a switch: its kind, and which of access control's duties it does; null: it has no access control.
    static byte[] Port(int kind, ushort? duties)
    {
        byte[] config = new byte[512];
        (config[0x06], config[0x34]) = (0x10, 0x40);
        (config[0x40], config[0x41], config[0x42]) = (0x05, 0x50, 0);       // interrupts come first
        (config[0x50], config[0x52]) = (0x10, (byte)(kind << 4 | 2));
        BitConverter.GetBytes(0x140_1_0001u).CopyTo(config, 0x100);         // errors come first
        if (duties is { } word)
        {
            BitConverter.GetBytes(0x000_1_000du).CopyTo(config, 0x140);
            BitConverter.GetBytes(word).CopyTo(config, 0x146);
        }
        return config;
    }

    [Theory]
    [InlineData(6, null, true)]
    [InlineData(6, 0x0f, true)]
    [InlineData(6, 0x1d, false)]
    [InlineData(6, 0x5f, false)]
    [InlineData(4, null, false)]
    [InlineData(5, null, false)]
    public void A_switch_lets_its_devices_speak_past_the_IOMMU_where_a_port_on_its_way_down_has_no_access_control(int kind, int? duties, bool past) =>
        Assert.Equal(past, PciIsolation.LetsPast(Port(kind, (ushort?)duties)));

    [Fact, Trait("qemu.conf", "relaxed_acs_check")]
    public void A_function_behind_such_a_switch_is_lent_only_where_the_configuration_says_so()
    {
        string above = Path.Join(sys, "devices/pci0000:00/0000:00:1c.0/0000:05:01.0"), link = Path.Join(sys, "bus/pci/devices", Name), real = Path.Join(above, Name);
        Directory.CreateDirectory(above);
        Directory.Move(link, real);
        File.Delete(Path.Join(real, "driver"));
        File.CreateSymbolicLink(link, real);
        Bind("igb");
        File.WriteAllBytes(Path.Join(above, "config"), Port(6, null));
        var refused = Assert.Throws<VireoException>(() => Host().Take(At, managed: true));
        Assert.Equal((ErrorCode.OperationInvalid, $"Requested operation is not valid: PCI device {Name} is not assignable"), (refused.Code, refused.Message));
        Assert.Empty(written);
        Host().Take(At, managed: true, relaxed: true);
        Assert.Equal("vfio-pci", Driver);
    }

    [Fact]
    public void A_mediated_device_is_there_and_of_its_model()
    {
        Assert.True(Uuid.TryParse("c2177883-f1bb-47f0-914d-32a22e3a8804", out Uuid uuid));
        Assert.Equal(ErrorCode.DeviceMissing, Assert.Throws<VireoException>(() => Host().Find(uuid, HostdevModel.VfioPci)).Code);
        string folder = Path.Join(sys, "bus/mdev/devices", uuid.ToString());
        Directory.CreateDirectory(Path.Join(folder, "mdev_type"));
        File.WriteAllText(Path.Join(folder, "mdev_type/device_api"), "vfio-pci\n");
        File.CreateSymbolicLink(Path.Join(folder, "iommu_group"), "../../../../kernel/iommu_groups/9");
        Host().Find(uuid, HostdevModel.VfioPci);
        Assert.Contains("device only supports 'vfio-pci'", Assert.Throws<VireoException>(() => Host().Find(uuid, HostdevModel.VfioCcw)).Message, StringComparison.Ordinal);
        DomainDef machine = Machine($"<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='{uuid}'/></source></hostdev>");
        Assert.Equal(["/dev/vfio/9"], LentDevices.Nodes(machine, Host()));
    }

    [Fact]
    public void Devices_and_controllers_of_disks_are_lent()
    {
        DomainDef machine = Machine("""
            <disk type='nvme' device='disk'><source type='pci' managed='yes' namespace='1'><address domain='0' bus='1' slot='0' function='0'/></source><target dev='vda'/></disk>
            <disk type='nvme' device='disk'><source type='pci' managed='yes' namespace='2'><address domain='0' bus='1' slot='0' function='0'/></source><target dev='vdb'/></disk>
            <hostdev mode='subsystem' type='pci' managed='no'><source><address domain='0' bus='6' slot='18' function='5'/></source></hostdev>
            """);
        Assert.Equal(["0000:06:12.5 False", "0000:01:00.0 True"], LentDevices.Functions(machine).Select(static f => $"{HostPci.NameOf(f.Address)} {f.IsManaged}"));
        Assert.Equal(["/dev/vfio/17"], LentDevices.Nodes(machine, Host()));
    }

    static DomainDef Machine(string devices) =>
        DomainDef.Parse($"<domain type='kvm'><name>a</name><memory>1024</memory><os><type arch='x86_64'>hvm</type></os><devices>{devices}</devices></domain>", DomainParse.Inactive);
}

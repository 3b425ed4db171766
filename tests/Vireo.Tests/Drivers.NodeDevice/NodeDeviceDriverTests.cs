using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.NodeDevice;
using Vireo.Host.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.NodeDevice;

/// <summary>Devices that are made, kept and removed, and those that come and go.</summary>
public sealed class NodeDeviceDriverTests : IAsyncDisposable
{
    const string Mediated = """
        <device><parent>pci_0000_00_02_0</parent><capability type='mdev'><type id='i915-GVTg_V5_4'/>
          <uuid>d069d019-36ea-4111-8f0a-8c9a70e21366</uuid><attr name='assign_adapter' value='5'/></capability></device>
        """;
    const string MediatedName = "mdev_d069d019_36ea_4111_8f0a_8c9a70e21366_0000_00_02_0";
    const string VirtualAdapter = """
        <device><parent>scsi_host5</parent><capability type='scsi_host'><capability type='fc_host'>
          <wwnn>2001001b32a9da4e</wwnn><wwpn>2101001b32a9da99</wwpn></capability></capability></device>
        """;

    readonly NodeDeviceRoot root = new();

    public ValueTask DisposeAsync() => root.DisposeAsync();

    [Fact]
    public async Task An_adapter_is_found_by_its_names_in_the_world()
    {
        Assert.Equal("scsi_host5", (await root.On<INodeDeviceWwn>().LookupByWwnAsync("2001001b32a9da4e", "2101001b32a9da4e", 0, default)).Name);
        var missing = await Assert.ThrowsAsync<VireoException>(() => root.On<INodeDeviceWwn>().LookupByWwnAsync("2001001b32a9da4e", "0", 0, default).AsTask());
        Assert.Equal(ErrorCode.NoNodeDevice, missing.Error.Code);
    }

    [Fact]
    public async Task A_virtual_adapter_is_asked_for_from_the_kernel_and_waited_for()
    {
        INodeDeviceLifecycle make = root.On<INodeDeviceLifecycle>();
        await root.NamesAsync();
        ValueTask<NodeDeviceRef> made = make.CreateAsync(VirtualAdapter, NodeDeviceCreateFlags.None, default);
        string host = "devices/pci0000:00/0000:00:03.0/host5/vport-5:0-0/host8";
        root.Devices.Add($"@ {host} bus=scsi", "uevent DEVTYPE=scsi_host", $"@ {host}/fc_host/host8 class=fc_host", "attr node_name 0x2001001b32a9da4e", "attr port_name 0x2101001b32a9da99");
        Assert.Equal("scsi_host8", (await made).Name);
        Assert.Equal("scsi_host5", await root.Lists.GetParentAsync("scsi_host8", default));
        Assert.Equal("2101001b32a9da99:2001001b32a9da4e", File.ReadAllText(root.Devices.Sys + "/class/fc_host/host5/vport_create"));
        Task gone = make.DestroyAsync("scsi_host8", default).AsTask();
        root.Devices.Remove(host);
        await gone;
        Assert.Equal("2101001b32a9da99:2001001b32a9da4e", File.ReadAllText(root.Devices.Sys + "/class/fc_host/host5/vport_delete"));
        Assert.DoesNotContain("scsi_host8", await root.NamesAsync());
    }

    [Fact]
    public async Task A_mediated_device_is_kept_made_stopped_and_forgotten_by_mdevctl()
    {
        INodeDeviceDefinitions kept = root.On<INodeDeviceDefinitions>();
        var heard = new List<string>();
        await root.NamesAsync();
        using EventSubscription listens = root.Driver.Keeper.Events.Subscribe(static _ => true, one => heard.Add($"{(one as NodeDeviceLifecycleEvent)?.Type.ToString() ?? "Update"} {one.Device.Name}"));
        Assert.Equal(MediatedName, (await kept.DefineAsync(Mediated, NodeDeviceDefineFlags.None, default)).Name);
        Assert.Equal([MediatedName], await root.NamesAsync(ListNodeDevicesFlags.Inactive));
        Assert.Equal("""
            <device>
              <name>mdev_d069d019_36ea_4111_8f0a_8c9a70e21366_0000_00_02_0</name>
              <parent>pci_0000_00_02_0</parent>
              <capability type='mdev'>
                <type id='i915-GVTg_V5_4'/>
                <uuid>d069d019-36ea-4111-8f0a-8c9a70e21366</uuid>
                <parent_addr>0000:00:02.0</parent_addr>
                <iommuGroup number='0'/>
                <attr name='assign_adapter' value='5'/>
              </capability>
            </device>

            """, await root.Lists.GetXmlAsync(MediatedName, 0, default));
        await kept.SetAutostartAsync(MediatedName, true, default);
        Assert.True(await kept.GetAutostartAsync(MediatedName, default));
        await kept.CreateAsync(MediatedName, 0, default);
        Assert.True(await kept.IsActiveAsync(MediatedName, default));
        string live = await root.Lists.GetXmlAsync(MediatedName, 0, default);
        Assert.Contains("<path>/sys/devices/pci0000:00/0000:00:02.0/d069d019-36ea-4111-8f0a-8c9a70e21366</path>", live, StringComparison.Ordinal);
        Assert.Contains("<attr name='assign_adapter' value='5'/>", live, StringComparison.Ordinal);
        await RefusesAsync(ErrorCode.OperationInvalid, "Device is already active", kept.CreateAsync(MediatedName, 0, default));
        await root.On<INodeDeviceLifecycle>().DestroyAsync(MediatedName, default);
        Assert.False(await kept.IsActiveAsync(MediatedName, default));
        await kept.UndefineAsync(MediatedName, 0, default);
        await RefusesAsync(ErrorCode.NoNodeDevice, $"no node device with matching name '{MediatedName}'", root.Lists.LookupByNameAsync(MediatedName, default).AsTask());
        Assert.Equal([$"Defined {MediatedName}", $"Created {MediatedName}", $"Deleted {MediatedName}", $"Undefined {MediatedName}"], heard);
        Assert.Contains("define --parent=0000:00:02.0 --jsonfile=/dev/stdin --uuid=d069d019-36ea-4111-8f0a-8c9a70e21366", root.Devices.MdevctlCalls);
        Assert.Contains("modify --uuid d069d019-36ea-4111-8f0a-8c9a70e21366 --auto", root.Devices.MdevctlCalls);
    }

    [Fact]
    public async Task A_mediated_device_that_nobody_keeps_is_gone_when_it_stops()
    {
        NodeDeviceRef made = await root.On<INodeDeviceLifecycle>().CreateAsync(Mediated.Replace("<uuid>d069d019-36ea-4111-8f0a-8c9a70e21366</uuid>", "", StringComparison.Ordinal), NodeDeviceCreateFlags.None, default);
        Assert.Equal("mdev_5d1d02c5_0000_4000_8000_000000000001_0000_00_02_0", made.Name);
        Assert.False(await root.On<INodeDeviceDefinitions>().IsPersistentAsync(made.Name, default));
        await root.On<INodeDeviceLifecycle>().DestroyAsync(made.Name, default);
        Assert.DoesNotContain(made.Name, await root.NamesAsync());
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_in_libvirts_words()
    {
        INodeDeviceLifecycle make = root.On<INodeDeviceLifecycle>();
        INodeDeviceDefinitions kept = root.On<INodeDeviceDefinitions>();
        const string Net = "<device><parent>computer</parent><capability type='net'><interface>foo</interface></capability></device>";
        await RefusesAsync(ErrorCode.ConfigUnsupported, "Unsupported device type", make.CreateAsync(Net, NodeDeviceCreateFlags.None, default).AsTask());
        await RefusesAsync(ErrorCode.ConfigUnsupported, "invalid parent device 'nobody'", kept.DefineAsync(Mediated.Replace("pci_0000_00_02_0", "nobody", StringComparison.Ordinal), NodeDeviceDefineFlags.None, default).AsTask());
        await RefusesAsync(ErrorCode.ConfigUnsupported, "missing parent device", kept.DefineAsync(Mediated.Replace("<parent>pci_0000_00_02_0</parent>", "", StringComparison.Ordinal), NodeDeviceDefineFlags.None, default).AsTask());
        await RefusesAsync(ErrorCode.InternalError, "no device capabilities for 'new device'", kept.DefineAsync("<device/>", NodeDeviceDefineFlags.None, default).AsTask());
        await RefusesAsync(ErrorCode.InternalError, "Parent device scsi_host0 is not capable of vport operations", make.CreateAsync(VirtualAdapter.Replace("scsi_host5", "scsi_host0", StringComparison.Ordinal), NodeDeviceCreateFlags.None, default).AsTask());
        await RefusesAsync(ErrorCode.ConfigUnsupported, "Unsupported device type", make.DestroyAsync("computer", default).AsTask());
        await RefusesAsync(ErrorCode.InternalError, "Device is not a fibre channel HBA", make.DestroyAsync("scsi_host0", default).AsTask());
        await RefusesAsync(ErrorCode.InternalError, "Invalid adapter name 'pci_0000_00_03_0' for SCSI pool", make.DestroyAsync("scsi_host5", default).AsTask());
        await RefusesAsync(ErrorCode.OperationUnsupported, "Unsupported device type", kept.SetAutostartAsync("drm_card0", true, default).AsTask());
        await RefusesAsync(ErrorCode.ConfigUnsupported, "Unsupported device type", kept.UndefineAsync("computer", 0, default).AsTask());
        await RefusesAsync(ErrorCode.OperationInvalid, "Device is already active", kept.CreateAsync("computer", 0, default).AsTask());
        await RefusesAsync(ErrorCode.InvalidArg, "unsupported flags (0x2) in function nodeDeviceDefineXML", kept.DefineAsync(Mediated, (NodeDeviceDefineFlags)2, default).AsTask());
    }

    [Fact]
    public async Task Who_listens_hears_of_what_comes_changes_moves_and_goes()
    {
        await root.NamesAsync();
        var heard = new List<string>();
        using EventSubscription listens = root.Driver.Keeper.Events.Subscribe(static _ => true, one => heard.Add($"{(one as NodeDeviceLifecycleEvent)?.Type.ToString() ?? "Update"} {one.Device.Name}"));
        const string Disk = "devices/platform/x/block/vdc", Card = "devices/pci0000:00/0000:00:06.0/net/";
        root.Devices.Add($"@ {Disk} class=block", "uevent MAJOR=254 MINOR=32 DEVNAME=vdc DEVTYPE=disk", "attr size 100");
        root.Driver.Keeper.Take(new DeviceEvent("add", "/" + Disk, null, false));
        root.Driver.Keeper.Take(new DeviceEvent("change", "/" + Disk, null, false));
        root.Devices.Remove(Disk);
        root.Driver.Keeper.Take(new DeviceEvent("remove", "/" + Disk, null, false));
        root.Devices.Remove(Card + "eth8");
        root.Driver.Keeper.Take(new DeviceEvent("move", $"/{Card}eth7", $"/{Card}eth8", false));
        Assert.Equal(["Created block_vdc", "Update block_vdc", "Deleted block_vdc", "Deleted net_eth8", "Update net_eth7_52_54_00_11_22_77"], heard);
        heard.Clear();
        root.Devices.Remove("devices/pci0000:00/0000:00:17.0/ata2");
        root.Devices.Add("@ devices/platform/x/block/vde class=block", "uevent MAJOR=254 MINOR=64 DEVNAME=vde DEVTYPE=disk", "attr size 100");
        await root.Driver.ReloadAsync();
        Assert.Contains("Deleted scsi_host1", heard);
        Assert.Contains("Deleted block_sr1", heard);
        Assert.Equal("Created block_vde", heard[^1]);
        Assert.DoesNotContain(heard, static one => one.StartsWith("Update", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disks_are_told_without_udev()
    {
        await using var bare = new NodeDeviceRoot(udev: false);
        bare.Devices.Add("@ devices/platform/x/block/sdq class=block", "uevent MAJOR=65 MINOR=0 DEVNAME=sdq DEVTYPE=disk", "attr size 8", "attr queue/logical_block_size 512", "attr device/type 0");
        await bare.Driver.ReloadAsync();
        Assert.Contains("<drive_type>disk</drive_type>", await bare.Lists.GetXmlAsync("block_sdq", 0, default), StringComparison.Ordinal);
        Assert.Contains("<vendor id='0x0781'>SanDisk</vendor>", await bare.Lists.GetXmlAsync("usb_1_2", 0, default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kernels_own_events_are_heard()
    {
        const string Trigger = "/sys/class/net/lo/uevent";
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can have the kernel send an event");
        using var events = new DeviceEvents("/nowhere");
        try
        {
            await File.WriteAllTextAsync(Trigger, "change", TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            Assert.Skip("sysfs cannot be written here");
        }
        DeviceEvent? heard;
        do
            heard = await events.NextAsync(TestContext.Current.CancellationToken);
        while (heard?.Path is not "/devices/virtual/net/lo");
        Assert.Equal("change", heard.Action);
        using var stop = new CancellationTokenSource();
        Task<DeviceEvent?> next = events.NextAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public void Messages_of_the_kernel_and_of_udev_are_read_and_nonsense_is_not()
    {
        Assert.Equal(new DeviceEvent("add", "/devices/a", null, false), DeviceEvent.Parse("add@/devices/a\0ACTION=add\0DEVPATH=/devices/a\0SUBSYSTEM=net\0"u8));
        byte[] words = Encoding.UTF8.GetBytes("ACTION=move\0DEVPATH=/devices/b\0DEVPATH_OLD=/devices/a\0");
        byte[] message = [.. "libudev\0"u8, 0xfe, 0xed, 0xca, 0xfe, 40, 0, 0, 0, 40, 0, 0, 0, (byte)words.Length, 0, 0, 0, .. new byte[16], .. words];
        Assert.Equal(new DeviceEvent("move", "/devices/b", "/devices/a", true), DeviceEvent.Parse(message));
        message[20] = 255;
        Assert.Null(DeviceEvent.Parse(message));
        message[8] = 0;
        Assert.Null(DeviceEvent.Parse(message));
        Assert.Null(DeviceEvent.Parse("libudev\0"u8));
        Assert.Null(DeviceEvent.Parse("nonsense"u8));
        Assert.Null(DeviceEvent.Parse(default));
    }

    static async Task RefusesAsync(ErrorCode code, string detail, params object[] calls)
    {
        foreach (object call in calls)
        {
            var fault = await Assert.ThrowsAsync<VireoException>(() => call is ValueTask plain ? plain.AsTask() : (Task)call);
            Assert.Equal(code, fault.Error.Code);
            Assert.Contains(detail, fault.Message, StringComparison.Ordinal);
        }
    }
}

using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Xunit;
using static Vireo.EndToEnd.CrashSafety.Steps;

namespace Vireo.EndToEnd.CrashSafety;

// kill -9 of the daemon at every step of what it does with the devices of a running guest.

/// <summary>Devices that the tests of steps plug, and what must be true of them whenever a daemon has come up.</summary>
static class StepDevices
{
    internal static string Disk(string folder, string more = "") => $"""
        <disk type='file'><driver name='qemu' type='raw'/><source file='{Image(folder, "plugged")}'/><target dev='sdk' bus='usb'/>{more}</disk>
        """;

    /// <summary>QEMU knows no such port, and says so when all but the front end is there.</summary>
    internal const string NoPort = "<address type='usb' bus='0' port='9'/>";

    internal static string Medium(string? file) => $"""
        <disk type='file' device='cdrom'>{(file is null ? "" : $"<source file='{file}'/>")}<target dev='hda' bus='ide'/><readonly/></disk>
        """;

    internal static string Image(string folder, string name)
    {
        string path = Path.Join(folder, name + ".img");
        if (!File.Exists(path))
            File.WriteAllBytes(path, new byte[65536]);
        return path;
    }

    internal static string FolderOf(CrashRoot root) => CrashRoot.MakeUserFolder(root.Daemon.Root, "c1");

    internal static async Task<Domain> RunningAsync(CrashRoot root)
    {
        if ((await root.ListAsync()).Any(static d => d is { Name: "c1", IsActive: true }))
            return await root.Client.GetDomainAsync("c1", Test);
        await DefineAsync(root, "");
        Domain guest = await root.Client.GetDomainAsync("c1", Test);
        await guest.StartAsync(DomainCreateFlags.StartPaused, Test);      // firmware that looks for a medium moves the tray too
        return guest;
    }

    /// <summary>Starts the next daemon; the guest goes on, and says whether it has the plugged disk: if so, the disk's file is the guest's.</summary>
    internal static async Task<bool> HasDiskAsync(CrashRoot root, string moment)
    {
        Assert.True((await root.SettleAsync(moment)).Single(d => d.Name == "c1").IsActive);
        string xml = await (await root.Client.GetDomainAsync("c1", Test)).GetXmlAsync(cancel: Test);
        bool has = xml.Contains("plugged.img", StringComparison.Ordinal);
        if (VireoDaemon.Mode == "system")
        {
            uint own = Host.Files.FileOwner.Find("/proc/self", out _)!.Value.Owner.User;
            uint owner = Host.Files.FileOwner.Find(Image(FolderOf(root), "plugged"), out _)!.Value.Owner.User;
            uint guest = Host.Files.FileOwner.Find(Path.Join(FolderOf(root), "c1.raw"), out _)!.Value.Owner.User;
            Assert.Equal(has ? guest : own, owner);
        }
        return has;
    }

    internal static async Task GoesAndComesAsync(CrashRoot root, bool has)
    {
        Domain guest = await root.Client.GetDomainAsync("c1", Test);
        if (has)
            await guest.DetachDeviceAsync(Disk(FolderOf(root)), DomainDeviceModifyFlags.Live, Test);
        await guest.AttachDeviceAsync(Disk(FolderOf(root)), DomainDeviceModifyFlags.Live, Test);
        await guest.DetachDeviceAsync(Disk(FolderOf(root)), DomainDeviceModifyFlags.Live, Test);
        Assert.False(await HasDiskAsync(root, "the end"));
    }
}

public sealed class AttachStepTests
{
    [Fact]
    public async Task Attach_leaves_a_device_that_is_there_or_nothing_of_it() => await ForEachAsync("attach", async (root, moment) =>
    {
        bool fails = moment.EndsWith(":undo", StringComparison.Ordinal) || moment.EndsWith(":undone", StringComparison.Ordinal);
        await StepDevices.RunningAsync(root);
        root.DieAt(moment);
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).AttachDeviceAsync(
            StepDevices.Disk(StepDevices.FolderOf(root), fails ? StepDevices.NoPort : ""), DomainDeviceModifyFlags.Live, Test));
        await root.StartAgainAsync();
        bool has = await StepDevices.HasDiskAsync(root, moment);
        Assert.False(has && fails);
        await StepDevices.GoesAndComesAsync(root, has);
    }, stays: true);
}

public sealed class DetachStepTests
{
    [Theory]
    [InlineData("detach")]
    [InlineData("remove")]
    public async Task Detach_leaves_a_device_that_is_there_or_nothing_of_it(string flow) => await ForEachAsync(flow, async (root, moment) =>
    {
        Domain guest = await StepDevices.RunningAsync(root);
        await guest.AttachDeviceAsync(StepDevices.Disk(StepDevices.FolderOf(root)), DomainDeviceModifyFlags.Live, Test);
        root.DieAt(moment);
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).DetachDeviceAsync(
            StepDevices.Disk(StepDevices.FolderOf(root)), DomainDeviceModifyFlags.Live, Test));
        await root.StartAgainAsync();
        await StepDevices.GoesAndComesAsync(root, await StepDevices.HasDiskAsync(root, moment));
    }, stays: true);
}

public sealed class MediumStepTests
{
    [Fact]
    public async Task A_change_of_medium_leaves_the_old_one_or_the_new_one() => await ForEachAsync("change-media", async (root, moment) =>
    {
        bool fails = moment.EndsWith(":undo", StringComparison.Ordinal) || moment.EndsWith(":undone", StringComparison.Ordinal);
        string folder = StepDevices.FolderOf(root), old = StepDevices.Image(folder, "old"), now = fails ? Path.Join(folder, "c1.raw") : StepDevices.Image(folder, "now");
        Domain guest = await StepDevices.RunningAsync(root);
        await guest.UpdateDeviceAsync(StepDevices.Medium(old), DomainDeviceModifyFlags.Live, Test);
        root.DieAt(moment);
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).UpdateDeviceAsync(StepDevices.Medium(now), DomainDeviceModifyFlags.Live, Test));
        await root.StartAgainAsync();
        Assert.True((await root.SettleAsync(moment)).Single(d => d.Name == "c1").IsActive);
        guest = await root.Client.GetDomainAsync("c1", Test);
        foreach (string? medium in new[] { old, null, StepDevices.Image(folder, "now") })
        {
            await guest.UpdateDeviceAsync(StepDevices.Medium(medium), DomainDeviceModifyFlags.Live, Test);
            string xml = await guest.GetXmlAsync(cancel: Test);
            Assert.Equal(medium == old, xml.Contains("old.img", StringComparison.Ordinal));
            Assert.Equal(medium is not null && medium != old, xml.Contains("now.img", StringComparison.Ordinal));
            if (medium != old)      // what is in the drive already moves no tray
                Assert.DoesNotContain("tray='open'", xml, StringComparison.Ordinal);
        }
    }, stays: true);
}

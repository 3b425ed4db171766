using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>Storage that fails: what is said, and what is there afterwards.</summary>
public sealed class StorageFaultTests
{
    [Fact]
    public async Task A_full_pool_says_so_and_keeps_what_it_has()
    {
        Needs.Root();
        await using VireoDaemon daemon = await VireoDaemon.StartAsync();
        string folder = Path.Join(daemon.Root, "small");
        Directory.CreateDirectory(folder);
        Assert.Equal(0, (await Command.RunAsync(Needs.Program("mount"), ["-t", "tmpfs", "-o", "size=4m", "tmpfs", folder])).ExitCode);
        try
        {
            string file = Path.Join(daemon.Root, "file");
            await File.WriteAllBytesAsync(file, [.. Enumerable.Repeat((byte)7, 8 << 20)], TestContext.Current.CancellationToken);
            await SaysAsync(daemon, $"pool-create-as p dir --target {folder}");
            await SaysAsync(daemon, "vol-create-as p kept 1M");
            Assert.Contains($"cannot allocate 8388608 bytes in file '{folder}/v': No space left on device", await FailsAsync(daemon, "vol-create-as p v 8M"), StringComparison.Ordinal);
            Assert.Equal(["kept"], Directory.GetFiles(folder).Select(Path.GetFileName));
            await SaysAsync(daemon, "vol-create-as p v 8M --allocation 0");
            Assert.Contains($"Unable to write {folder}/v: No space left on device", await FailsAsync(daemon, $"vol-upload v {file} p"), StringComparison.Ordinal);
            Assert.Contains("No space left on device", await FailsAsync(daemon, "vol-create-as p big 6M"), StringComparison.Ordinal);
            await SaysAsync(daemon, "vol-delete v p");
            await SaysAsync(daemon, "vol-create-as p after 1M");
            Assert.Contains("kept", await SaysAsync(daemon, "vol-list p"), StringComparison.Ordinal);
            await SaysAsync(daemon, "pool-destroy p");
        }
        finally
        {
            await Command.RunAsync(Needs.Program("umount"), ["-l", folder]);
        }
    }

    [Fact]
    public async Task A_folder_that_vanished_stops_its_pool_and_no_other()
    {
        await using VireoDaemon daemon = await VireoDaemon.StartAsync();
        string gone = Path.Join(daemon.Root, "gone"), stays = Path.Join(daemon.Root, "stays");
        foreach (string folder in (string[])[gone, stays])
        {
            Directory.CreateDirectory(folder);
            await SaysAsync(daemon, $"pool-define-as {Path.GetFileName(folder)} dir --target {folder}");
            await SaysAsync(daemon, $"pool-start {Path.GetFileName(folder)}");
        }
        await SaysAsync(daemon, "vol-create-as gone v 1M");
        Directory.Delete(gone, recursive: true);
        Assert.Contains("no storage vol with matching path", await FailsAsync(daemon, "vol-dumpxml v gone"), StringComparison.Ordinal);
        Assert.Contains($"cannot open directory '{gone}': No such file or directory", await FailsAsync(daemon, "pool-refresh gone"), StringComparison.Ordinal);
        Assert.Contains("inactive", await SaysAsync(daemon, "pool-list --all"), StringComparison.Ordinal);
        Assert.Contains("running", await SaysAsync(daemon, "pool-info stays"), StringComparison.Ordinal);
        await daemon.StopAsync();
        Directory.Delete(stays);
        await daemon.StartAgainAsync();
        Assert.DoesNotContain(" active", await SaysAsync(daemon, "pool-list --all"), StringComparison.Ordinal);
        Directory.CreateDirectory(stays);
        await SaysAsync(daemon, "pool-start stays");
    }

    [Fact]
    public async Task What_is_started_is_still_started_after_a_restart_and_what_starts_by_itself_starts_once_a_boot()
    {
        await using VireoDaemon daemon = await VireoDaemon.StartAsync();
        foreach (string name in (string[])["a", "b"])
        {
            string folder = Path.Join(daemon.Root, name);
            Directory.CreateDirectory(folder);
            await SaysAsync(daemon, $"pool-define-as {name} dir --target {folder}");
        }
        await SaysAsync(daemon, "pool-start a");
        await SaysAsync(daemon, "vol-create-as a v 1M");
        await SaysAsync(daemon, "pool-autostart b");
        await daemon.KillAsync();
        await daemon.StartAgainAsync();
        Assert.Contains("v", await SaysAsync(daemon, "vol-list a"), StringComparison.Ordinal);
        Assert.Contains("inactive", await SaysAsync(daemon, "pool-info b"), StringComparison.Ordinal);
        await daemon.StopAsync();
        File.Delete(Directory.EnumerateFiles(daemon.Root, "autostarted", SearchOption.AllDirectories).Single(static file => file.Contains("/storage/", StringComparison.Ordinal)));
        await daemon.StartAgainAsync();
        Assert.Contains("running", await SaysAsync(daemon, "pool-info b"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guests_disk_may_be_a_volume()
    {
        Needs.Program("qemu-system-x86_64");
        await using VireoDaemon daemon = await VireoDaemon.StartAsync();
        string folder = Path.Join(daemon.Root, "images");
        Directory.CreateDirectory(folder);
        await SaysAsync(daemon, $"pool-define-as images dir --target {folder}");
        string document = Path.Join(daemon.Root, "guest.xml");
        await File.WriteAllTextAsync(document, Guests.Tiny("g").Replace("<devices>",
            "<devices><disk type='volume'><driver name='qemu' type='raw'/><source pool='images' volume='v'/><target dev='vda' bus='virtio'/></disk>", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await SaysAsync(daemon, $"define {document}");
        Assert.Contains("storage pool 'images' containing volume 'v' is not active", await FailsAsync(daemon, "start g"), StringComparison.Ordinal);
        await SaysAsync(daemon, "pool-start images");
        Assert.Contains("no storage vol with matching name 'v'", await FailsAsync(daemon, "start g"), StringComparison.Ordinal);
        await SaysAsync(daemon, "vol-create-as images v 1M");
        await SaysAsync(daemon, "start g --paused");
        Assert.Contains($"{folder}/v", await SaysAsync(daemon, "domblklist g"), StringComparison.Ordinal);
        Assert.Contains("volume='v'", await SaysAsync(daemon, "dumpxml g --inactive"), StringComparison.Ordinal);

        // So may one that comes while it runs.
        string disk = Path.Join(daemon.Root, "disk.xml");
        await File.WriteAllTextAsync(disk, "<disk type='volume'><driver name='qemu' type='raw'/><source pool='images' volume='w'/><target dev='sdz' bus='usb'/></disk>",
            TestContext.Current.CancellationToken);
        Assert.Contains("no storage vol with matching name 'w'", await FailsAsync(daemon, $"attach-device g {disk} --live"), StringComparison.Ordinal);
        await SaysAsync(daemon, "vol-create-as images w 1M");
        await SaysAsync(daemon, $"attach-device g {disk} --live --config");
        Assert.Contains($"{folder}/w", await SaysAsync(daemon, "domblklist g"), StringComparison.Ordinal);
        Assert.Contains("volume='w'", await SaysAsync(daemon, "dumpxml g --inactive"), StringComparison.Ordinal);
        await SaysAsync(daemon, $"detach-device g {disk} --live");
        Assert.DoesNotContain($"{folder}/w", await SaysAsync(daemon, "domblklist g"), StringComparison.Ordinal);
        await SaysAsync(daemon, "destroy g");
    }

    static async Task<string> SaysAsync(VireoDaemon daemon, string command)
    {
        CommandResult said = await daemon.VirshAsync(command);
        Assert.True(said.ExitCode == 0, $"{command}: {said}");
        return said.Output;
    }

    static async Task<string> FailsAsync(VireoDaemon daemon, string command)
    {
        CommandResult said = await daemon.VirshAsync(command);
        Assert.True(said.ExitCode != 0, $"{command}: {said}");
        return said.Error;
    }
}

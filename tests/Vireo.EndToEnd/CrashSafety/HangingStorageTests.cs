using System.Diagnostics;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>Storage that hangs, as that of a file server that is gone: a file system whose program stands still.</summary>
public sealed class HangingStorageTests
{
    const int Size = 8 << 20;

    [Fact]
    public Task Guests_on_other_storage_notice_nothing_and_who_asks_is_told() => WithHangingAsync(async (daemon, server, file) =>
    {
        Assert.Equal(0, (await daemon.VirshAsync("start", "other")).ExitCode);
        Assert.Contains($"block.0.physical={Size}", (await daemon.VirshAsync("domstats", "stuck")).Output, StringComparison.Ordinal);

        await SignalAsync(server, "-STOP");
        try
        {
            CommandResult all = await daemon.VirshAsync("domstats");
            Assert.True(all.ExitCode == 0, all.ToString());
            Assert.Contains("Domain: 'other'", all.Output, StringComparison.Ordinal);
            Assert.Contains($"block.0.path={file}", all.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("block.0.physical", all.Output, StringComparison.Ordinal);
            CommandResult refused = await daemon.VirshAsync("domblkinfo", "stuck", "vda");
            Assert.Contains("does not answer", refused.Error, StringComparison.Ordinal);
            foreach (string command in new[] { "suspend", "resume", "destroy", "start", "dominfo", "domstats" })
                Assert.Equal(0, (await daemon.VirshAsync(command, "other")).ExitCode);
            Assert.Equal(0, (await daemon.VirshAsync("dumpxml", "stuck")).ExitCode);
        }
        finally
        {
            await SignalAsync(server, "-CONT");
        }
        Assert.True(await IsSoonAsync(() => daemon.VirshAsync("domblkinfo", "stuck", "vda").Result.ExitCode == 0));
    });

    [Fact]
    public Task Definitions_name_it_and_starts_and_new_disks_wait_for_it_until_they_are_given_up() => WithHangingAsync(async (daemon, server, file) =>
    {
        string disk = Path.Join(Path.GetDirectoryName(file), "disk.xml"), again = Path.Join(Path.GetDirectoryName(file), "again.xml");
        await File.WriteAllTextAsync(disk, Disk(file), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(again, Guest("again", Disk(file)), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await daemon.VirshAsync("start", "other")).ExitCode);
        await SignalAsync(server, "-STOP");
        Task<CommandResult> start, attach;
        try
        {
            Assert.Equal(0, (await daemon.VirshAsync("define", again)).ExitCode);
            start = daemon.VirshAsync("start", "stuck");
            attach = daemon.VirshAsync("attach-device", "other", disk);
            // Both hold their machines, which still tell everything.
            foreach (string[] line in new string[][] { ["list", "--all"], ["dumpxml", "stuck"], ["dominfo", "stuck"], ["dumpxml", "other"], ["domstats", "other"], ["start", "third"], ["destroy", "third"] })
                Assert.Equal(0, (await daemon.VirshAsync(line)).ExitCode);
            Assert.False(start.IsCompleted || attach.IsCompleted);
            CommandResult? destroyed = null;
            Assert.True(await IsSoonAsync(() => (destroyed = daemon.VirshAsync("destroy", "stuck").Result).ExitCode == 0), destroyed?.ToString());
            Assert.Contains("given up", (await start).Error, StringComparison.Ordinal);
            Assert.Contains("shut off", (await daemon.VirshAsync("domstate", "stuck")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await daemon.VirshAsync("destroy", "other")).ExitCode);
            Assert.NotEqual(0, (await attach).ExitCode);
            Assert.Empty(daemon.Guests());
        }
        finally
        {
            await SignalAsync(server, "-CONT");
        }
        // What waited for the storage does nothing any more when it answers.
        Assert.Equal(0, (await daemon.VirshAsync("start", "stuck")).ExitCode);
        Assert.Equal(0, (await daemon.VirshAsync("start", "other")).ExitCode);
        Assert.DoesNotContain(file, (await daemon.VirshAsync("domblklist", "other")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await daemon.VirshAsync("destroy", "stuck")).ExitCode);
        Assert.DoesNotContain(Directory.GetFileSystemEntries($"/proc/{daemon.Pid}/fd"), fd => new FileInfo(fd).LinkTarget == file);
    });

    static string Disk(string file) => $"<disk type='file'><driver name='qemu' type='raw'/><source file='{file}'/><target dev='vda' bus='virtio'/></disk>";

    static string Guest(string name, string disk) =>
        $"<domain type='qemu'><name>{name}</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os><devices>{disk}</devices></domain>";

    // The guests "other" and "third" have no disks; that of "stuck" is a file of the program, whose storage hangs when it stands still.
    static async Task WithHangingAsync(Func<VireoDaemon, Process, string, Task> does)
    {
        Needs.Root();
        Needs.Program("virsh");
        string exporter = Needs.Program("qemu-storage-daemon");
        Assert.SkipUnless(File.Exists("/dev/fuse"), "the kernel has no file systems of programs");
        string folder = Directory.CreateTempSubdirectory("hangs").FullName, image = Path.Join(folder, "image"), file = Path.Join(folder, "file");
        File.SetUnixFileMode(folder, (UnixFileMode)0x1ed);
        await File.WriteAllBytesAsync(image, new byte[Size], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, [], TestContext.Current.CancellationToken);
        using Process server = Command.Start(exporter, ["--blockdev", $"driver=file,filename={image},node-name=image", "--export", $"type=fuse,id=out,node-name=image,mountpoint={file},writable=on,allow-other=on"]);
        try
        {
            Assert.SkipUnless(await IsSoonAsync(() => new FileInfo(file).Length == Size || server.HasExited) && !server.HasExited, "no file system of a program can be mounted");
            await using VireoDaemon daemon = await VireoDaemon.StartAsync();
            foreach ((string name, string disk) in new[] { ("other", ""), ("third", ""), ("stuck", Disk(file)) })
            {
                string xml = Path.Join(folder, name + ".xml");
                await File.WriteAllTextAsync(xml, Guest(name, disk), TestContext.Current.CancellationToken);
                Assert.Equal(0, (await daemon.VirshAsync("define", xml)).ExitCode);
            }
            await does(daemon, server, file);
        }
        finally
        {
            await SignalAsync(server, "-TERM");
            await server.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<bool> IsSoonAsync(Func<bool> holds)
    {
        long began = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1))
                return false;
            await Task.Delay(50);
        }
        return true;
    }

    static async Task SignalAsync(Process process, string signal)
    {
        if (!process.HasExited)
            await Command.RunAsync("kill", [signal, process.Id.ToString()]);
    }
}

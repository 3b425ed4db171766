using System.Diagnostics;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>Storage that hangs, as that of a file server that is gone: a file system whose program stands still.</summary>
public sealed class HangingStorageTests
{
    const int Size = 8 << 20;

    [Fact]
    public async Task Guests_on_other_storage_notice_nothing_and_who_asks_is_told()
    {
        Needs.Root();
        Needs.Program("virsh");
        string exporter = Needs.Program("qemu-storage-daemon");
        Assert.SkipUnless(File.Exists("/dev/fuse"), "the kernel has no file systems of programs");
        string folder = Directory.CreateTempSubdirectory("hangs").FullName, image = Path.Join(folder, "image"), file = Path.Join(folder, "file");
        await File.WriteAllBytesAsync(image, new byte[Size], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, [], TestContext.Current.CancellationToken);
        using Process server = Command.Start(exporter, ["--blockdev", $"driver=file,filename={image},node-name=image", "--export", $"type=fuse,id=out,node-name=image,mountpoint={file}"]);
        try
        {
            Assert.SkipUnless(await IsSoonAsync(() => new FileInfo(file).Length == Size || server.HasExited) && !server.HasExited, "no file system of a program can be mounted");
            await using VireoDaemon daemon = await VireoDaemon.StartAsync();
            foreach ((string name, string disk) in new[] { ("other", ""), ("stuck", $"<disk type='file'><driver name='qemu' type='raw'/><source file='{file}'/><target dev='vda' bus='virtio'/></disk>") })
            {
                string xml = Path.Join(folder, name + ".xml");
                await File.WriteAllTextAsync(xml, $"<domain type='qemu'><name>{name}</name><memory unit='MiB'>32</memory><os><type arch='x86_64'>hvm</type></os><devices>{disk}</devices></domain>", TestContext.Current.CancellationToken);
                Assert.Equal(0, (await daemon.VirshAsync("define", xml)).ExitCode);
            }
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

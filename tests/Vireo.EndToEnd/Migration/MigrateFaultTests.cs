using System.Diagnostics;
using System.Security.Cryptography;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>Migrations that are called off, whose client goes, whose target's QEMU ends or hangs, while disks are copied and while memory is sent: the guest runs on where it was.</summary>
public sealed class MigrateFaultTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    const string Name = "faulty";

    public enum Moment { Disks, Memory }

    public enum Fault { Abort, ClientGone, TargetKilled, TargetHangs }

    // A source's QEMU waits for a server of disks that hangs, whoever leads it, and with it all that is asked of it; and stock waits for its own that hangs.
    public static TheoryData<bool, Moment, Fault> All => [.. from fromStock in new[] { false, true } from moment in Enum.GetValues<Moment>() from fault in Enum.GetValues<Fault>()
        where fault is not Fault.TargetHangs || (fromStock, moment) is (true, Moment.Memory) select (fromStock, moment, fault)];

    // Content and memory that are not all alike take their time at 1 MiB a second.
    async Task<string> CreateAsync(bool at, Moment moment)
    {
        byte[] some = RandomNumberGenerator.GetBytes(12 << 20);
        foreach (string name in new[] { "memory", "here.img", "there.img" })
            await File.WriteAllBytesAsync(Path.Join(hosts.Shared, name), name is "there.img" ? new byte[some.Length] : some);
        string disk = moment is Moment.Disks ? $"<disk type='file'><driver name='qemu' type='raw'/><source file='{hosts.Shared}/here.img'/><target dev='vda' bus='virtio'/></disk>" : "";
        string machine = Guests.Tiny(Name, "f4c5d2aa-8b0e-4d0b-9c3d-2e6b7a1f9d55")
            .Replace("<domain type='qemu'>", "<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>", StringComparison.Ordinal)
            .Replace("<devices>", "<devices>" + disk, StringComparison.Ordinal)
            .Replace("</devices>", $"""
                </devices>
                <qemu:commandline><qemu:arg value='-device'/><qemu:arg value='loader,file={hosts.Shared}/memory,addr=0x1000000,force-raw=on'/></qemu:commandline>
                """, StringComparison.Ordinal);
        string path = Path.Join(hosts.Shared, "faulty.xml"), target = Path.Join(hosts.Shared, "faulty-there.xml");
        await File.WriteAllTextAsync(path, machine);
        await hosts.RunAsync(at, "create", path);
        await File.WriteAllTextAsync(target, (await hosts.RunAsync(at, "dumpxml", Name, "--migratable")).Replace("here.img", "there.img", StringComparison.Ordinal));
        return target;
    }

    static async Task<string> OutputAsync(Process process)
    {
        string said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"{what} was waited for\n{hosts.Vireo.Log}");
            await Task.Delay(20);
        }
    }

    /// <summary>The QEMU that a guest comes to, or came to; 0: none.</summary>
    internal static int Incoming(string name = Name) => Directory.EnumerateDirectories("/proc").Select(static folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0).FirstOrDefault(pid =>
    {
        try
        {
            string line = pid > 0 ? File.ReadAllText($"/proc/{pid}/cmdline") : "";
            return line.Contains($"guest={name},", StringComparison.Ordinal) && line.Contains("\0-incoming\0", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    internal static async Task SignalAsync(int pid, string signal)
    {
        Assert.NotEqual(0, pid);
        using Process kill = Command.Start("kill", [signal, pid.ToString()]);
        await kill.WaitForExitAsync();
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_guest_runs_on_where_it_was(bool fromStock, Moment moment, Fault fault)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        try
        {
            string target = await CreateAsync(fromStock, moment);
            string[] words = ["-q", "-c", hosts.Uri(fromStock), .. hosts.To(!fromStock, Name), "--live", "--bandwidth", "1", "--xml", target, .. moment is Moment.Disks ? new[] { "--copy-storage-all" } : []];
            using Process moving = Command.Start(Needs.Program("virsh"), words);
            Task<string> said = OutputAsync(moving);
            string wanted = moment is Moment.Disks ? "File processed:" : "Memory processed:";
            await UntilAsync(async () => moving.HasExited || (await hosts.TryAsync(fromStock, "domjobinfo", Name)).Output.Split('\n').Any(line =>
                line.StartsWith(wanted, StringComparison.Ordinal) && !line.EndsWith(" 0.000 B", StringComparison.Ordinal)), $"that the job is under way: {moment}");
            Assert.False(moving.HasExited, moving.HasExited ? await said : "");
            switch (fault)
            {
                case Fault.Abort:
                    await hosts.RunAsync(fromStock, "domjobabort", Name);
                    break;
                case Fault.ClientGone:
                    await SignalAsync(moving.Id, "-KILL");
                    break;
                case Fault.TargetKilled:
                    await SignalAsync(Incoming(), "-KILL");
                    break;
                case Fault.TargetHangs:
                    await SignalAsync(Incoming(), "-STOP");
                    await hosts.RunAsync(fromStock, "domjobabort", Name);
                    break;
            }
            await said;
            Assert.NotEqual(0, moving.ExitCode);
            await UntilAsync(async () => (await hosts.TryAsync(!fromStock, "domstate", Name)).ExitCode != 0, "that nothing of it is at the target");
            await UntilAsync(async () => (await hosts.TryAsync(fromStock, "domstate", Name)).Output.Trim() is "running", "that it runs at the source");
            Assert.Equal(0, Incoming());
            // Nothing is in the way of the next.
            File.WriteAllBytes(Path.Join(hosts.Shared, "there.img"), new byte[12 << 20]);
            await UntilAsync(async () => (await hosts.TryAsync(fromStock, "desc", Name, "--live", "seen")).ExitCode == 0, "that it can be changed");
            await hosts.RunAsync(fromStock, [.. words.Skip(3).Where(static w => w is not ("--bandwidth" or "1"))]);
            Assert.Equal("running (migrated)\n", await hosts.RunAsync(!fromStock, "domstate", Name, "--reason"));
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }
}

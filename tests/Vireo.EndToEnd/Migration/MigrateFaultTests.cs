using System.Diagnostics;
using System.Security.Cryptography;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>
/// Migrations that are called off, whose client, daemon or network goes, whose target's QEMU ends or hangs, while disks are copied and while memory is sent: the guest
/// runs on where it was. It moves in earnest after each of them, so that the next case has it on the other side.
/// </summary>
public sealed class MigrateFaultTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    const int Size = 8 << 20;

    public enum Moment { Disks, Memory }

    public enum Fault { Abort, ClientGone, TargetKilled, TargetHangs, DaemonKilled, NetworkCut }

    // Each twice, that is once in either direction. A QEMU waits for a server of disks that hangs, whoever leads it, and with it all that is asked of it.
    static readonly (Moment Moment, Fault Fault, string How)[] cases =
    [
        (Moment.Disks, Fault.Abort, ""), (Moment.Disks, Fault.Abort, "--tls"), (Moment.Disks, Fault.ClientGone, "--tls"), (Moment.Disks, Fault.TargetKilled, "--tls"),
        (Moment.Disks, Fault.DaemonKilled, "--tls"), (Moment.Disks, Fault.NetworkCut, ""),
        (Moment.Memory, Fault.Abort, "--tls"), (Moment.Memory, Fault.ClientGone, ""), (Moment.Memory, Fault.TargetKilled, ""), (Moment.Memory, Fault.TargetHangs, ""),
        (Moment.Memory, Fault.DaemonKilled, "--p2p"), (Moment.Memory, Fault.NetworkCut, "--tls"),
    ];

    public static TheoryData<Moment> Moments => [.. Enum.GetValues<Moment>()];

    static string NameOf(Moment moment) => moment is Moment.Disks ? "faultydisk" : "faulty";

    string Image(bool stock) => Path.Join(hosts.Shared, stock ? "stock.img" : "vireo.img");

    // Content and memory that are not all alike take their time at 1 MiB a second.
    string Machine(Moment moment, bool at)
    {
        byte[] some = RandomNumberGenerator.GetBytes(Size);
        foreach (string file in new[] { Path.Join(hosts.Shared, "memory"), Image(at) })
            File.WriteAllBytes(file, some);
        return hosts.Still(NameOf(moment), moment is Moment.Disks ? "f4c5d2aa-8b0e-4d0b-9c3d-2e6b7a1f9d55" : "f4c5d2aa-8b0e-4d0b-9c3d-2e6b7a1f9d56",
            moment is Moment.Disks ? $"<disk type='file'><driver name='qemu' type='raw'/><source file='{Image(at)}'/><target dev='vda' bus='virtio'/></disk>" : "",
            $"<qemu:commandline><qemu:arg value='-device'/><qemu:arg value='loader,file={hosts.Shared}/memory,addr=0x1000000,force-raw=on'/></qemu:commandline>");
    }

    internal static async Task<string> OutputAsync(Process process)
    {
        string said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    /// <summary>The QEMUs of a guest, on either side.</summary>
    static IEnumerable<int> Emulators(string name, string word) =>
        Directory.EnumerateDirectories("/proc").Select(static folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0).Where(pid =>
        {
            try
            {
                string line = pid > 0 ? File.ReadAllText($"/proc/{pid}/cmdline") : "";
                return line.Contains($"guest={name},", StringComparison.Ordinal) && line.Contains(word, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        });

    /// <summary>The QEMU that a guest comes to.</summary>
    /// <param name="name">The guest.</param>
    /// <param name="source">The one that it comes from, which may have come as well.</param>
    /// <returns>Its process; 0: none.</returns>
    internal static int Incoming(string name, int source = 0) => Emulators(name, "\0-incoming\0").FirstOrDefault(pid => pid != source);

    internal static async Task SignalAsync(int pid, string signal)
    {
        Assert.NotEqual(0, pid);
        using Process kill = Command.Start("kill", [signal, pid.ToString()]);
        await kill.WaitForExitAsync();
    }

    [Theory, MemberData(nameof(Moments))]
    public async Task The_guest_runs_on_where_it_was(Moment moment)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        try
        {
            bool fromStock = true;
            foreach (var (_, fault, how) in cases.Where(c => c.Moment == moment))
                for (int turn = 0; turn < 2; turn++, fromStock = !fromStock)
                    if (fault is not Fault.TargetHangs || fromStock)     // stock waits for its own that hangs
                        await AtAsync(fromStock, moment, fault, how);
                    else
                        await MoveAsync(fromStock, moment);
        }
        finally
        {
            await hosts.ClearAsync(NameOf(moment));
        }
    }

    async Task AtAsync(bool fromStock, Moment moment, Fault fault, string how)
    {
        string name = NameOf(moment), which = $"{moment}, {fault}, from {(fromStock ? "stock" : "vireo")} {how}";
        long began = Stopwatch.GetTimestamp();
        await hosts.NeedAsync(fromStock, name, () => Machine(moment, fromStock));
        int source = Emulators(name, "").Single();
        string[] words = ["-q", "-c", hosts.Uri(fromStock), .. await WordsAsync(fromStock, moment), "--bandwidth", "1", .. how.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        using Process moving = Command.Start(Needs.Program("virsh"), words);
        Task<string> said = OutputAsync(moving);
        string wanted = moment is Moment.Disks ? "File processed:" : "Memory processed:";
        await hosts.UntilAsync(async () => moving.HasExited || (await hosts.TryAsync(fromStock, "domjobinfo", name)).Output.Split('\n').Any(line =>
            line.StartsWith(wanted, StringComparison.Ordinal) && !line.EndsWith(" 0.000 B", StringComparison.Ordinal)), $"{which}: that the job is under way");
        Assert.False(moving.HasExited, moving.HasExited ? $"{which}: {await said}" : "");
        await DoAsync(fromStock, moment, fault, moving, source);
        string told = await said;
        Assert.True(moving.ExitCode != 0, $"{which}: {told}");
        if (fault is Fault.NetworkCut) await hosts.NetworkAsync(up: true);
        await hosts.UntilAsync(!fromStock, name, "gone", $"{which}: target");
        await hosts.UntilAsync(fromStock, name, "running", $"{which}: source");
        Assert.Equal(0, Incoming(name, source));
        await MoveAsync(fromStock, moment);
        TestContext.Current.TestOutputHelper?.WriteLine($"{which}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    // Nothing is in the way of the next.
    async Task MoveAsync(bool fromStock, Moment moment)
    {
        string name = NameOf(moment);
        await hosts.UntilAsync(async () => (await hosts.TryAsync(fromStock, "desc", name, "--live", "seen")).ExitCode == 0, "that it can be changed");
        await hosts.RunAsync(fromStock, await WordsAsync(fromStock, moment));
        Assert.Equal("running (migrated)\n", await hosts.RunAsync(!fromStock, "domstate", name, "--reason"));
    }

    async Task<string[]> WordsAsync(bool fromStock, Moment moment)
    {
        string[] plain = hosts.To(!fromStock, NameOf(moment), "--live");
        if (moment is Moment.Memory) return plain;
        string there = Path.Join(hosts.Shared, "there.xml");
        await File.WriteAllTextAsync(there, (await hosts.RunAsync(fromStock, "dumpxml", NameOf(moment), "--migratable")).Replace(Image(fromStock), Image(!fromStock), StringComparison.Ordinal));
        await File.WriteAllBytesAsync(Image(!fromStock), new byte[Size]);
        return [.. plain, "--copy-storage-all", "--xml", there];
    }

    async Task DoAsync(bool fromStock, Moment moment, Fault fault, Process moving, int source)
    {
        string name = NameOf(moment);
        switch (fault)
        {
            case Fault.Abort:
                await hosts.RunAsync(fromStock, "domjobabort", name);
                break;
            case Fault.ClientGone:
                await SignalAsync(moving.Id, "-KILL");
                break;
            case Fault.TargetKilled:
                await SignalAsync(Incoming(name, source), "-KILL");
                break;
            case Fault.TargetHangs:
                await SignalAsync(Incoming(name, source), "-STOP");
                await hosts.RunAsync(fromStock, "domjobabort", name);
                break;
            case Fault.DaemonKilled:
                await hosts.Vireo.KillAsync();
                await hosts.Vireo.StartAgainAsync();
                break;
            case Fault.NetworkCut:
                await hosts.NetworkAsync(up: false);
                Task<string> aborted = hosts.RunAsync(fromStock, "domjobabort", name);
                if (moment is Moment.Disks) await hosts.NetworkAsync(up: true);
                await aborted;
                break;
        }
    }
}

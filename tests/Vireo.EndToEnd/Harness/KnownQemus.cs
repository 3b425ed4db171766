using System.Text.RegularExpressions;
using Vireo.EndToEnd.Compare;
using Xunit;

namespace Vireo.EndToEnd.Harness;

/// <summary>
/// What this machine's QEMUs can do, as the first daemon of a run wrote it into its cache. A daemon that knows nothing starts each of them to ask, which takes more
/// processor time than most tests, and there are hundreds of daemons. Each daemon still looks whether what it is given is true of this machine.
/// </summary>
static partial class KnownQemus
{
    const string Cache = "var/cache/libvirt/qemu/capabilities";

    static readonly Lazy<Task<string>> vireods = new(LearnOfVireodAsync), libvirtds = new(LearnOfLibvirtdAsync);

    /// <summary>Gives it to a vireod whose folder is <paramref name="root"/> and that has not been started yet.</summary>
    public static async Task GiveAsync(string root) => Copy(await vireods.Value, Path.Join(root, Cache));

    /// <summary>Lines of a script that give it to a libvirtd, in its namespaces.</summary>
    public static async Task<string> ScriptForLibvirtdAsync() => $"mkdir -p /{Cache}\ncp -a {await libvirtds.Value}/. /{Cache}/\n";

    static async Task<string> LearnOfVireodAsync()
    {
        await using VireoDaemon daemon = await VireoDaemon.StartWithoutKnowledgeAsync();
        return await LearnAsync(daemon.QemuUri, daemon.Root);
    }

    static async Task<string> LearnOfLibvirtdAsync()
    {
        await using StockDaemon daemon = await StockDaemon.StartWithoutKnowledgeAsync();
        return await LearnAsync($"qemu+unix:///system?socket={daemon.Socket}", daemon.Root);
    }

    static async Task<string> LearnAsync(string uri, string root)
    {
        CommandResult asked = await Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, "capabilities"]);
        Assert.True(asked.ExitCode is 0, asked.ToString());
        // A listing needs less than a daemon's cache holds.
        foreach (Match arch in Arch().Matches(asked.Output))
            await Command.RunAsync(Needs.Program("virsh"), ["-q", "-c", uri, "domcapabilities", "--arch", arch.Groups[1].Value]);
        string kept = Directory.CreateTempSubdirectory("vknown").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(kept, recursive: true);
        Copy(Path.Join(root, Cache), kept);
        return kept;
    }

    [GeneratedRegex("<arch name='([^']+)'>")]
    private static partial Regex Arch();

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Join(to, Path.GetFileName(file)));
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Vireo.Host.Files;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>What the kernel says of a guest's process, as text that is the same for each daemon that starts the guest alike.</summary>
static partial class StartedGuest
{
    static readonly string[] StatusFields =
    [
        "Umask", "Uid", "Gid", "Groups", "SigBlk", "SigIgn", "SigCgt", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "CoreDumping",
    ];

    /// <summary>Command line, environment, limits, ids, control groups and open files of the one guest of this name.</summary>
    /// <param name="name">The guest's name, which no other process on the machine has.</param>
    /// <param name="root">The daemon's own folder: it is not shown.</param>
    internal static async Task<string> SeeAsync(string name, string root)
    {
        string at = $"/proc/{Find(name)}";
        var text = new StringBuilder();
        foreach (string argument in await WordsAsync($"{at}/cmdline"))
            text.AppendLine(argument);
        foreach (string variable in (await WordsAsync($"{at}/environ")).Where(static v => !v.StartsWith("PATH=", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            text.AppendLine(variable);
        text.Append(await File.ReadAllTextAsync($"{at}/limits"));
        foreach (string line in await File.ReadAllLinesAsync($"{at}/status"))
            if (StatusFields.Contains(line.Split(':')[0]))
                text.AppendLine(line);
        foreach (string file in (string[])["oom_score_adj", "coredump_filter", "cgroup"])
            text.AppendLine(file).Append(await File.ReadAllTextAsync($"{at}/{file}"));
        foreach (string link in (string[])["cwd", "root"])
            text.AppendLine($"{link} {new FileInfo($"{at}/{link}").LinkTarget}");
        foreach (string line in DevOf(at))
            text.AppendLine(line);
        // The pid file that stock keeps locked by the guest is the daemon's own affair here.
        foreach (string open in Directory.GetFiles($"{at}/fd").Select(static fd => new FileInfo(fd).LinkTarget ?? "").Select(target => Inode().Replace(target, "$1").Replace(root, "", StringComparison.Ordinal))
            .Where(target => !target.EndsWith($"/{name}.pid", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            text.AppendLine($"open {open}");
        return Same(text.ToString().Replace(root, "", StringComparison.Ordinal));
    }

    // What it sees of /dev: all of it where it has one of its own, else that it is the host's. A link says where it leads. What is hidden below another mount
    // is not compared: stock leaves it there, we do not.
    static IEnumerable<string> DevOf(string at)
    {
        string[] mounts = [.. File.ReadLines($"{at}/mountinfo").Select(static l => l.Split(' ')).Where(static p => p[4] == "/dev" || p[4].StartsWith("/dev/", StringComparison.Ordinal))
            .GroupBy(static p => p[4], static p => $"{p[4]} {string.Join(' ', p[(Array.IndexOf(p, "-") + 1)..])}").Select(static stack => stack.Last()).Order(StringComparer.Ordinal)];
        bool own = mounts.Any(static m => m.StartsWith("/dev tmpfs devfs", StringComparison.Ordinal));
        foreach (string mount in own ? mounts : ["host's /dev"])
            yield return mount;
        if (!own)
            yield break;
        foreach (string path in Directory.EnumerateFileSystemEntries($"{at}/root/dev", "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 3 })
            .Order(StringComparer.Ordinal))
        {
            string shown = path[$"{at}/root".Length..];
            if (mounts.Any(m => shown.StartsWith(m.Split(' ')[0] + "/", StringComparison.Ordinal) && !m.StartsWith("/dev ", StringComparison.Ordinal)))
                continue;
            if (new FileInfo(path).LinkTarget is { } target)
                yield return $"{shown} -> {Path.GetFullPath(target, Path.GetDirectoryName(shown)!)}";
            else
                yield return $"{shown} {FileOwner.Find(path, out _)} {FileOwner.FindNode(path)}";
        }
    }

    static int Find(string name) => Assert.Single(
        Directory.GetDirectories("/proc").Select(static d => Path.GetFileName(d)).Where(static d => int.TryParse(d, out _)).Select(int.Parse), pid => IsGuest(pid, name));

    static bool IsGuest(int pid, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains($"\0guest={name},", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;       // it has ended meanwhile
        }
    }

    static async Task<string[]> WordsAsync(string file) => (await File.ReadAllTextAsync(file)).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Numbers of runs, descriptors and terminals, keys, times and generated ids differ by their nature.</summary>
    internal static string Same(string text)
    {
        text = Run().Replace(text, "${1}ID-");
        text = Group().Replace(text, "qemu-ID-");
        text = Descriptor().Replace(text, "${1}N");
        text = Descriptors().Replace(text, "\"${1}\":\"N\"");
        text = Secret().Replace(text, "\"data\":\"D\"");
        text = Vector().Replace(text, "\"iv\":\"I\"");
        text = Uuid().Replace(text, "UUID");
        text = Mac().Replace(text, "52:54:00:xx:xx:xx");
        text = Moment().Replace(text, "TIME");
        text = Base().Replace(text, "base=TIME");
        text = Process().Replace(text, "for pid N");
        text = BridgeHelperText().Replace(text, "bridge helper: : Transport");
        return Terminal().Replace(text, "/dev/pts/N");
    }

    [GeneratedRegex(@"((?:domain-|/))\d+-(?=real-)")]
    private static partial Regex Run();

    [GeneratedRegex(@"qemu-\w+(?:-\d+)?-(?=real-)")]
    private static partial Regex Group();

    [GeneratedRegex(@"(\b(?:fd|vhostfd)=)\d+")]
    private static partial Regex Descriptor();

    [GeneratedRegex(@"""(fd|fds|vhostfd|vhostfds)"":""[\d:]+""")]
    private static partial Regex Descriptors();

    [GeneratedRegex(@"""data"":""[^""]*""")]
    private static partial Regex Secret();

    [GeneratedRegex(@"""iv"":""[^""]*""")]
    private static partial Regex Vector();

    // Stock reads what the helper says before or after the helper has said it, and shows a byte or more behind that, of memory that nobody wrote to.
    [GeneratedRegex(@"bridge helper: (?:stderr=access denied by acl file\n)?[^:\n]{0,32}: Transport")]
    private static partial Regex BridgeHelperText();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("52:54:00(:[0-9a-f]{2}){3}")]
    private static partial Regex Mac();

    [GeneratedRegex(@"base=\d{4}-\d\d-\d\dT[\d:]+")]
    private static partial Regex Base();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Moment();

    [GeneratedRegex(@"for pid \d+")]
    private static partial Regex Process();

    [GeneratedRegex(@"/dev/pts/\d+")]
    private static partial Regex Terminal();

    [GeneratedRegex(@"^(socket|pipe):\[\d+\]$")]
    private static partial Regex Inode();
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Vireo.Host;
using Vireo.Hypervisor.Flows;
using Xunit;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>A domain as a client sees it.</summary>
public sealed record Seen(string Name, bool IsActive, bool IsPersistent, int Id);

/// <summary>
/// A daemon that is killed and started again in one root, and what must be true of the root whenever a daemon has come up: what
/// runs is what is listed, and nothing else is left.
/// </summary>
public sealed partial class CrashRoot : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly HostPaths paths;

    readonly FileInfo moment;

    CrashRoot(VireoDaemon daemon, FileInfo moment)
    {
        Daemon = daemon;
        paths = PathsOf(daemon.Root);
        this.moment = moment;
    }

    /// <summary>The daemon.</summary>
    public VireoDaemon Daemon { get; }

    /// <summary>Whether the native daemon is tested.</summary>
    public static bool IsNative => Environment.GetEnvironmentVariable("VIREO_BIN") is { Length: > 0 };

    /// <summary>A connection to the daemon that runs now.</summary>
    public Connection Client { get; private set; } = null!;

    /// <summary>The machines that are not <see cref="Guest(string, string, string)"/>: nothing but a process and its files is expected of them.</summary>
    public HashSet<string> Others { get; } = [];

    /// <summary>The places of the driver.</summary>
    public DriverPaths Places => paths.Driver("qemu");

    static HostPaths PathsOf(string root) => VireoDaemon.Mode == "system"
        ? HostPaths.System(root)
        : HostPaths.Session(Environment.GetEnvironmentVariable("HOME") ?? "/", Environment.GetEnvironmentVariable, root);

    /// <summary>Makes a root with a daemon.</summary>
    public static async Task<CrashRoot> StartAsync()
    {
        Needs.Program("qemu-system-x86_64");
        var moment = new FileInfo(Path.Join(Path.GetTempPath(), Path.GetRandomFileName()));
        var root = new CrashRoot(await VireoDaemon.StartAsync(Dying(moment)), moment);
        root.Client = await Connection.OpenAsync(root.Daemon.QemuUri, cancel: TestContext.Current.CancellationToken);
        return root;
    }

    /// <summary>A guest with something of everything that a crash could leave behind.</summary>
    public static string Guest(string name, string folder, string title = "", string os = "") => $"""
        <domain type='qemu'>
          <name>{name}</name>
          <uuid>{UuidOf(name)}</uuid>
          <title>of {name}{title}</title>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type>{os}</os>
          <features><acpi/></features>
          <devices>
            <disk type='file'><driver name='qemu' type='raw'/><source file='{folder}/{name}.raw'/><target dev='vda' bus='virtio'/></disk>
            <disk type='file' device='cdrom'><target dev='hda' bus='ide'/><readonly/></disk>{TransientDisks(name, folder)}
            <serial type='pty'/>
            <serial type='unix'><source mode='bind' path='{folder}/{name}.sock'/></serial>
            <channel type='unix'><target type='virtio' name='org.example.{name}'/></channel>{Helper(name)}
          </devices>
        </domain>
        """;

    // Images that must never change, below the guest that is killed at every step: one is its own while it runs, one is shared with others.
    static readonly string[] kept = ["once", "shared"];

    static string TransientDisks(string name, string folder) => name is not "c1" ? "" : $"""

            <disk type='file'><driver name='qemu' type='raw'/><source file='{folder}/{name}.once'/><target dev='vdy' bus='virtio'/><transient/></disk>
            <disk type='file'><driver name='qemu' type='raw'/><source file='{folder}/{name}.shared'/><target dev='vdz' bus='virtio'/><transient shareBacking='yes'/></disk>
        """;

    // The guest that is killed at every step has a helper process too.
    static string Helper(string name) => name is "c1" && Command.Find("swtpm") is not null
        ? "\n    <tpm model='tpm-tis'><backend type='emulator' version='2.0'/></tpm>" : "";

    static string UuidOf(string name) =>
        new Guid(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();

    /// <summary>The same in this root.</summary>
    public string Guest(string name, string title = "", string os = "")
    {
        string folder = MakeUserFolder(Daemon.Root, name);
        return Guest(name, folder, title, os);
    }

    /// <summary>The folder of the guests' own files, with the disk of one of them.</summary>
    public static string MakeUserFolder(string root, string name)
    {
        string folder = Path.Join(root, "user");
        Directory.CreateDirectory(folder);
        if (!File.Exists($"{folder}/{name}.raw"))
            File.WriteAllBytes($"{folder}/{name}.raw", new byte[65536]);
        foreach (string image in kept)
            if (name is "c1" && !File.Exists($"{folder}/{name}.{image}"))
                File.WriteAllBytes($"{folder}/{name}.{image}", Content);
        return folder;
    }

    static Dictionary<string, string?> Dying(FileInfo moment) => new() { [CrashProbe.Variable] = "@" + moment.FullName };

    /// <summary>The daemon that runs dies at a moment from now on; so does the next, unless it is told otherwise.</summary>
    public void DieAt(string dieAt)
    {
        // It may look at any instant: it sees all of it or nothing.
        string whole = moment.FullName + ".whole";
        File.WriteAllText(whole, dieAt);
        File.Move(whole, moment.FullName, overwrite: true);
    }

    /// <summary>Starts the daemon again, and opens a connection to it. With a moment to die at, no connection is needed to die.</summary>
    public async Task StartAgainAsync(string? dieAt = null)
    {
        await Client.DisposeAsync();
        DieAt(dieAt ?? "");
        await Daemon.StartAgainAsync(Dying(moment));
        Client = await Connection.OpenAsync(Daemon.QemuUri, cancel: TestContext.Current.CancellationToken);
    }

    /// <summary>Starts the daemon for it to die by itself, be it before it answers or after.</summary>
    public async Task StartToDieAsync(string dieAt)
    {
        Exception? end = await Record.ExceptionAsync(() => StartAgainAsync(dieAt));
        Assert.True(await Daemon.EndedAsync(Patience), $"the daemon did not die; it came up: {end?.Message ?? "yes"}");
    }

    /// <summary>Kills the daemon and starts the next.</summary>
    public async Task KillAsync()
    {
        await Daemon.KillAsync();
        await StartAgainAsync();
    }

    /// <summary>What is listed now.</summary>
    public async Task<IReadOnlyList<Seen>> ListAsync()
    {
        var all = new List<Seen>();
        var active = await Client.ListDomainsAsync(ListDomainsFlags.Active);
        var persistent = (await Client.ListDomainsAsync(ListDomainsFlags.Persistent)).Select(d => d.Name).ToHashSet();
        foreach (Domain domain in await Client.ListDomainsAsync())
            all.Add(new(domain.Name, active.Any(a => a.Name == domain.Name), persistent.Contains(domain.Name), domain.Id));
        return [.. all.OrderBy(d => d.Name, StringComparer.Ordinal)];
    }

    /// <summary>The document that the next start uses.</summary>
    public async Task<string> DefinitionAsync(string name) =>
        await (await Client.GetDomainAsync(name)).GetXmlAsync(DomainXmlFlags.Inactive);

    /// <summary>
    /// Waits until everything of guests on this host is what the daemon lists. The daemon may still be taking things away, and who
    /// reaps orphans here may be late.
    /// </summary>
    public async Task<IReadOnlyList<Seen>> SettleAsync(string after)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            foreach (Domain domain in await Client.ListDomainsAsync())
                await TurnAsync(domain);
            IReadOnlyList<Seen> before = await ListAsync();
            List<string> wrong = [.. Wrong(before)];
            if (wrong.Count == 0 && before.SequenceEqual(await ListAsync()))
                return before;
            if (Stopwatch.GetElapsedTime(began) > Patience)
                Assert.Fail($"after {after}:\n{string.Join('\n', wrong)}\nlisted: {string.Join(", ", before)}\n{Daemon.Log}");
            await Task.Delay(10);
        }
    }

    // A guest is listed as it was until it has been taken over, which is a change like others: who waits for its turn comes after it.
    static async Task TurnAsync(Domain domain)
    {
        try
        {
            await domain.SetAutostartAsync(await domain.GetAutostartAsync());
        }
        catch (VireoException e) when (e.Code is ErrorCode.NoDomain or ErrorCode.OperationInvalid)
        {
            // it went away, or is transient
        }
    }

    IEnumerable<string> Wrong(IReadOnlyList<Seen> listed)
    {
        List<Seen> active = [.. listed.Where(d => d.IsActive)], usual = [.. active.Where(d => !Others.Contains(d.Name))];
        List<int> running = [.. Processes()], known = [];
        foreach (Seen one in active)
        {
            string pid = Places.PidFile(one.Name);
            if (File.Exists(pid) && int.TryParse(File.ReadAllText(pid), out int number) && running.Contains(number))
                known.Add(number);
            else
                yield return $"{one.Name} runs without a process";
        }
        foreach (int left in running.Except(known))
            yield return $"process {left} belongs to nobody";

        foreach (string problem in Compare("control group", CgroupNames(), active.Select(CgroupOf), required: false)
            .Concat(Compare("run file", Names(Places.StateDir),
                [.. active.SelectMany(d => new[] { d.Name + ".xml", d.Name + ".pid", d.Name + ".cpu" }), Path.GetFileName(Places.LockFile),
                    Path.GetFileName(Places.AutostartedFile)], required: true))
            .Concat(Compare("run folder", Folders(Places.LibDir, "domain-*", "qmp-*"), active.Select(d => Path.GetFileName(Places.RunFolder(d.Id, d.Name)))))
            .Concat(Compare("channel folder", Folders(Places.ChannelTargetDir, "*"), active.Select(d => Path.GetFileName(Places.ChannelFolder(d.Id, d.Name)))))
            .Concat(Compare("definition", Names(Places.ConfigDir), listed.Where(d => d.IsPersistent).Select(d => d.Name + ".xml")))
            .Concat(Compare("helper", TpmFiles(), usual.Where(d => Helper(d.Name).Length > 0).Select(d => TpmName(d))))
            .Concat(Compare("owner of disk", GivenAway(), VireoDaemon.Mode == "system" && HasGuestUser ? usual.Select(d => d.Name + ".raw")
                .Concat(usual.Where(d => d.Name is "c1").SelectMany(d => kept.Select(image => $"{d.Name}.{image}"))) : []))
            .Concat(Compare("guest socket", Names(Daemon.Root + "/user").Where(f => f.EndsWith(".sock", StringComparison.Ordinal)),
                usual.Select(d => d.Name + ".sock")))
            .Concat(Compare("image on top", Names(Daemon.Root + "/user").Where(f => f.Contains(".TRANSIENT-", StringComparison.Ordinal)),
                usual.Where(d => d.Name is "c1").SelectMany(d => kept.Select(image => $"{d.Name}.{image}.TRANSIENT-{d.Name}"))))
            .Concat(Names(Daemon.Root + "/user").Where(f => kept.Contains(Path.GetExtension(f).TrimStart('.')) && !File.ReadAllBytes(Path.Join(Daemon.Root, "user", f)).AsSpan().SequenceEqual(Content))
                .Select(f => $"{f} has changed")))
            yield return problem;
        foreach (string left in Directory.EnumerateFiles(Daemon.Root, "*.new", SearchOption.AllDirectories))
            yield return $"temporary file {left}";
        foreach (string link in Names(Places.AutostartDir).Where(l => !File.Exists(Path.Join(Places.ConfigDir, l))))
            yield return $"autostart link {link} leads nowhere";
    }

    static byte[] Content => [.. Enumerable.Repeat((byte)0x5a, 65536)];

    static bool HasGuestUser => Host.Users.HostUsers.FindUser("libvirt-qemu") is not null || Host.Users.HostUsers.FindUser("qemu") is not null;

    string TpmName(Seen one) => Path.GetFileName(Places.TpmStateDir) + "/" + DriverPaths.RunName(one.Id, one.Name) + "-swtpm.sock";

    // A socket or pid file of a TPM, and the processes that keep their files below this root.
    IEnumerable<string> TpmFiles() => Names(Places.TpmStateDir).Select(f => Path.GetFileName(Places.TpmStateDir) + "/" + Path.ChangeExtension(f, ".sock"))
        .Concat(Enumerable.Repeat("process of a TPM without a socket", Math.Max(0, Tpms().Count() - Names(Places.TpmStateDir).Count(f => f.EndsWith(".sock", StringComparison.Ordinal)))));

    IEnumerable<string> GivenAway() => Names(Daemon.Root + "/user").Where(f => (f.EndsWith(".raw", StringComparison.Ordinal) || kept.Contains(Path.GetExtension(f).TrimStart('.')))
        && Host.Files.FileOwner.Find(Path.Join(Daemon.Root, "user", f), out _) is { } facts && facts.Owner.User != Owner);

    static uint Owner => Host.Files.FileOwner.Find("/proc/self", out _)!.Value.Owner.User;

    static IEnumerable<string> Compare(string what, IEnumerable<string> there, IEnumerable<string> wanted, bool required = true)
    {
        HashSet<string> has = [.. there], wants = [.. wanted];
        foreach (string left in has.Except(wants))
            yield return $"{what} {left} is left";
        if (required)
            foreach (string missing in wants.Except(has))
                yield return $"{what} {missing} is missing";
    }

    static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)) : [];

    static IEnumerable<string> Folders(string folder, params string[] patterns) => !Directory.Exists(folder)
        ? [] : patterns.SelectMany(p => Directory.EnumerateDirectories(folder, p)).Select(f => Path.GetFileName(f));

    string CgroupOf(Seen one) => Host.Cgroups.MachineCgroup.NameOf("qemu", paths.RootHash, one.Id, one.Name);

    IEnumerable<string> CgroupNames() => Directory.Exists("/sys/fs/cgroup")
        ? Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup")
            .SelectMany(hierarchy => Folders(Path.Join(hierarchy, "machine"), $"*{paths.RootHash}*")) : [];

    /// <summary>TPMs of guests of this root.</summary>
    public IEnumerable<int> Tpms() => With("swtpm\0socket\0");

    IEnumerable<int> With(string words)
    {
        foreach (string entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), out int pid))
                continue;
            string text;
            try
            {
                text = File.ReadAllText(entry + "/cmdline");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;       // gone, or not ours
            }
            if (text.Contains(words, StringComparison.Ordinal) && text.Contains(Daemon.Root + "/", StringComparison.Ordinal))
                yield return pid;
        }
    }

    /// <summary>Processes of guests of this root, among them those that are about to become one; not those that only wait to be reaped.</summary>
    public IEnumerable<int> Processes()
    {
        foreach (string entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), out int pid) || pid == Environment.ProcessId || pid == Daemon.Pid)
                continue;
            string text;
            try
            {
                text = File.ReadAllText(entry + "/environ") + File.ReadAllText(entry + "/cmdline");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;       // gone, or not ours
            }
            if (OfRoot().IsMatch(text) && !text.Contains("swtpm\0", StringComparison.Ordinal) && !text.Contains("swtpm_setup\0", StringComparison.Ordinal) && text.Contains(Daemon.Root + "/", StringComparison.Ordinal))
                yield return pid;
        }
    }

    [GeneratedRegex("qemu-system-|HOME=[^\0]*/domain-")]
    private static partial Regex OfRoot();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Daemon.KillAsync();
        foreach (int left in Processes().Concat(Tpms()).ToList())
        {
            using Process kill = Command.Start("kill", ["-9", left.ToString()]);
            await kill.WaitForExitAsync();
        }
        // A killed process leaves its groups a little after it can no longer be seen.
        long began = Stopwatch.GetTimestamp();
        while (!RemoveCgroups() && Stopwatch.GetElapsedTime(began) < Patience)
            await Task.Delay(10);
        await Daemon.DisposeAsync();
        moment.Delete();
    }

    bool RemoveCgroups()
    {
        bool all = true;
        foreach (string hierarchy in Directory.Exists("/sys/fs/cgroup") ? Directory.GetDirectories("/sys/fs/cgroup") : [])
            foreach (string left in Folders(Path.Join(hierarchy, "machine"), $"*{paths.RootHash}*").ToList())
                all &= TryRemove(Path.Join(hierarchy, "machine", left));
        return all;
    }

    static bool TryRemove(string folder)
    {
        try
        {
            foreach (string threads in Directory.GetDirectories(folder))
                Directory.Delete(threads);
            Directory.Delete(folder);
            return true;
        }
        catch (IOException)
        {
            return false;       // somebody is still in it
        }
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Compare;

/// <summary>A stock libvirtd with a private root, in namespaces of its own.</summary>
public sealed class StockDaemon : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly Process process;
    readonly string root;

    StockDaemon(Process process, string root) => (this.process, this.root) = (process, root);

    /// <summary>Its read-write socket. A path leads into the daemon's namespaces.</summary>
    public string Socket => SocketBelow(root);

    static string SocketBelow(string root) => Path.Join(root, Directory.Exists(Path.Join(root, "r")) ? "r/libvirt/libvirt-sock" : "sock/libvirt-sock");

    /// <summary>Everything it owns is below this folder.</summary>
    public string Root => root;

    /// <summary>A process in its network.</summary>
    public int Pid => process.Id;

    /// <summary>Starts it; skips the test where that cannot be.</summary>
    /// <param name="preparation">The text of a shell script that is read in its namespaces before it starts; $root is the folder.</param>
    /// <param name="options">What it is started with.</param>
    public static async Task<StockDaemon> StartAsync(string? preparation = null, params string[] options) =>
        await StartPreparedAsync(await KnownQemus.ScriptForLibvirtdAsync() + preparation, options);

    /// <summary>Starts one that has to ask each QEMU what it can do.</summary>
    public static Task<StockDaemon> StartWithoutKnowledgeAsync() => StartPreparedAsync(":\n", []);

    static async Task<StockDaemon> StartPreparedAsync(string preparation, IReadOnlyList<string> options)
    {
        string root = Directory.CreateTempSubdirectory("stock").FullName;
        string script = Path.Join(AppContext.BaseDirectory, "Compare/stock-libvirtd.sh");
        string first = Path.Join(root, "first.sh");
        await File.WriteAllTextAsync(first, preparation);
        return await AwaitAsync(root, [
            "-m", "-p", "-i", "-n", "-f", "--kill-child", "--mount-proc", "--propagation", "private", "--", "bash", script, root, first, .. options,
        ]);
    }

    /// <summary>Starts a user's own.</summary>
    /// <param name="unshare">What unshare is told; the daemon's folder follows.</param>
    public static Task<StockDaemon> StartOfUserAsync(IReadOnlyList<string> unshare)
    {
        string root = Directory.CreateTempSubdirectory("stock").FullName;
        return AwaitAsync(root, [.. unshare, root]);
    }

    static async Task<StockDaemon> AwaitAsync(string root, IReadOnlyList<string> unshare)
    {
        var daemon = new StockDaemon(Command.Start(Needs.Program("unshare"), unshare), root);
        _ = daemon.process.StandardOutput.ReadToEndAsync();
        Task<string> said = daemon.process.StandardError.ReadToEndAsync();
        long began = Stopwatch.GetTimestamp();
        while (!Answers(daemon.Socket))
        {
            if (daemon.process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                await daemon.DisposeAsync();
                throw new InvalidOperationException($"libvirtd did not come up: {await said}");
            }
            await Task.Delay(20);
        }
        return daemon;
    }

    /// <summary>Why none can be started here, or null.</summary>
    public static string? WhyNot() => Environment.UserName is not "root" ? "needs root, to run libvirtd in namespaces of its own"
        : new[] { "libvirtd", "virsh", "unshare" }.FirstOrDefault(program => Command.Find(program) is null) is { } absent ? $"{absent} is not installed"
        : null;

    static bool Answers(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();         // unshare takes everything in its namespaces along
            await process.WaitForExitAsync();
        }
        process.Dispose();
        await Scratch.DeleteAsync(root);
    }
}

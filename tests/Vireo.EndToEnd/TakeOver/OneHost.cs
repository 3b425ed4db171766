using System.Diagnostics;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.TakeOver;

/// <summary>A host whose guests outlive its daemons, which are libvirtd and vireod by turns.</summary>
public sealed class OneHost : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    readonly Process shell;
    readonly string root;

    OneHost(Process shell, string root) => (this.shell, this.root) = (shell, root);

    /// <summary>The folder that everything is below; the host sees it under the same path.</summary>
    public string Root => root;

    /// <summary>Makes one on which no daemon runs yet; skips the test where that cannot be.</summary>
    public static OneHost Make()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        foreach (string program in new[] { "qemu-system-x86_64", "qemu-img", "dnsmasq" })
            Needs.Program(program);
        string root = Directory.CreateTempSubdirectory("host").FullName;
        File.SetUnixFileMode(root, (UnixFileMode)0x1ff);
        Process shell = Command.Start(Needs.Program("unshare"),
        [
            "-m", "-p", "-i", "-n", "-f", "--kill-child", "--mount-proc", "--propagation", "private", "--", "bash", "-c", "exec bash \"$0\" \"$1\" 3>&1 >&2",
            Path.Join(AppContext.BaseDirectory, "TakeOver/one-host.sh"), root,
        ]);
        _ = shell.StandardError.ReadToEndAsync();
        return new OneHost(shell, root);
    }

    /// <summary>Lets libvirtd run.</summary>
    public Task StartStockAsync() => RunAsync("start libvirtd");

    /// <summary>Lets vireod run.</summary>
    public Task StartVireoAsync()
    {
        (string program, string[] arguments) = VireoDaemon.Find("vireod", "vireod");
        return RunAsync($"start {program} {string.Join(' ', arguments)}");
    }

    /// <summary>Ends the daemon, in peace or not.</summary>
    public Task StopAsync(string signal = "TERM") => RunAsync($"stop {signal}");

    /// <summary>Runs a line of a shell; what it said.</summary>
    public async Task<string> RunAsync(string line)
    {
        (int code, string said) = await TryAsync(line);
        Assert.True(code == 0, $"{line}: {code}\n{said}");
        return said;
    }

    /// <summary>Runs a line of a shell; how it ended, and what it said.</summary>
    public async Task<(int Code, string Said)> TryAsync(string line)
    {
        await shell.StandardInput.WriteLineAsync(line.ReplaceLineEndings(" "));
        await shell.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(Patience);
        string? code = await shell.StandardOutput.ReadLineAsync(limit.Token);
        return (int.Parse(code ?? "-1"), await File.ReadAllTextAsync(Path.Join(root, "said"), limit.Token));
    }

    /// <summary>What the daemons wrote so far.</summary>
    public string Log => File.ReadAllText(Path.Join(root, "daemon.log"));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!shell.HasExited)
        {
            shell.Kill();       // unshare takes everything in its namespaces along
            await shell.WaitForExitAsync();
        }
        shell.Dispose();
        await Scratch.DeleteAsync(root);
    }
}

using System.Diagnostics;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>A network namespace with one card, whose other end is in a daemon's network: a client, or the world outside.</summary>
public sealed class NetworkPlace : IAsyncDisposable
{
    readonly Process holder;

    NetworkPlace(Process holder) => this.holder = holder;

    /// <summary>Makes it; the card is called card there, and <paramref name="end"/> on the daemon's side, which is up.</summary>
    /// <param name="daemon">The daemon.</param>
    /// <param name="end">The name of the daemon's end.</param>
    /// <param name="mac">The card's address.</param>
    /// <param name="bridge">What the daemon's end is plugged into; null: nothing.</param>
    public static async Task<NetworkPlace> MakeAsync(NetworkDaemon daemon, string end, string mac, string? bridge)
    {
        var place = new NetworkPlace(Command.Start(Needs.Program("unshare"), ["-n", "sleep", "infinity"]));
        try
        {
            string own = File.ResolveLinkTarget("/proc/self/ns/net", false)!.ToString();
            await NetworkDaemon.UntilAsync(() => Task.FromResult(NetworkOf(place.holder.Id) is { } space && space != own && NetworkDaemon.CommandLine(place.holder.Id).StartsWith("sleep", StringComparison.Ordinal)),
                "a network of its own");
            await daemon.RunAsync("ip", "link", "add", end, "type", "veth", "peer", "name", "card", "address", mac, "netns", place.holder.Id.ToString());
            if (bridge is not null)
                await daemon.RunAsync("ip", "link", "set", end, "master", bridge);
            await daemon.RunAsync("ip", "link", "set", end, "up");
            await place.RunAsync("ip", "link", "set", "card", "up");
            await place.RunAsync("ip", "link", "set", "lo", "up");
            if (bridge is not null)
                await NetworkDaemon.UntilAsync(async () => (await daemon.RunAsync("bridge", "link", "show", "dev", end)).Contains("forwarding", StringComparison.Ordinal), $"{end} forwards");
            return place;
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program there; it must work.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        CommandResult result = await TryAsync(command);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)}: {result}");
        return result.Output;
    }

    /// <summary>Whether a program works there.</summary>
    public async Task<bool> WorksAsync(params string[] command) => (await TryAsync(command)).ExitCode == 0;

    /// <summary>Asks for an address and takes it, with the way out by the network's host.</summary>
    /// <param name="folder">Where its script is.</param>
    public async Task<string> LeaseAsync(string folder)
    {
        string script = Path.Join(folder, "udhcpc.sh");
        if (!File.Exists(script))
        {
            await File.WriteAllTextAsync(script, "#!/bin/sh\n[ \"$1\" = bound ] || exit 0\nip address add \"$ip/${mask:-24}\" dev \"$interface\"\n[ -z \"$router\" ] || ip route add default via \"$router\"\n");
            File.SetUnixFileMode(script, (UnixFileMode)0x1ed);
        }
        return await RunAsync("sh", "-c", $"busybox udhcpc -i card -f -q -n -t 20 -T 1 -s {script} 2>&1");
    }

    /// <summary>Whether an address answers a ping.</summary>
    public Task<bool> ReachesAsync(string address) => WorksAsync("busybox", "ping", "-c", "1", "-W", "5", address);

    Task<CommandResult> TryAsync(string[] command) => Command.RunAsync(Needs.Program("nsenter"), ["-t", holder.Id.ToString(), "-n", "--", .. command]);

    static string? NetworkOf(int pid)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{pid}/ns/net", false)?.ToString();
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        holder.Kill();
        await holder.WaitForExitAsync();
        holder.Dispose();
    }
}

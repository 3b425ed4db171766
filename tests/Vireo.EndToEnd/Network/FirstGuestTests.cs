using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>The page docs/howto/first-guest.md, line by line.</summary>
public sealed class FirstGuestTests
{
    static readonly string[] tools = ["virt-install", "virt-clone", "virsh", "vireo"];

    [Fact]
    public async Task Every_line_of_the_page_works()
    {
        foreach (string program in (string[])["virt-install", "virt-clone", "qemu-system-x86_64", "qemu-img"])
            Needs.Program(program);
        string page = Path.Join(Repository(), "docs/howto/first-guest.md");
        string[] lines = [.. File.ReadLines(page).Select(static line => line.Trim()).Where(static line => tools.Contains(line.Split(' ')[0]))];
        Assert.True(lines.Length > 10, page);
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        string root = daemon.Daemon.Root, images = Path.Join(root, "images");
        // Where virt-install makes this pool on a host whose folder it is.
        await daemon.VirshAsync("pool-define-as", "default", "dir", "--target", images);
        await daemon.VirshAsync("pool-build", "default");
        await daemon.VirshAsync("pool-start", "default");
        // The way out, so that the doctor finds one.
        await daemon.RunAsync("ip", "link", "add", "uplink", "type", "veth", "peer", "name", "world");
        await daemon.RunAsync("ip", "address", "add", "203.0.113.1/24", "dev", "uplink");
        foreach (string end in (string[])["uplink", "world"])
            await daemon.RunAsync("ip", "link", "set", end, "up");
        await daemon.RunAsync("ip", "route", "add", "default", "via", "203.0.113.9", "dev", "uplink");
        var said = new Dictionary<string, string>();
        foreach (string line in lines)
            said[line] = await TypeAsync(daemon, line);

        Assert.Contains("running", said["virsh list"], StringComparison.Ordinal);
        Assert.Contains(Path.Join(images, "first.qcow2"), said["virsh domblklist first"], StringComparison.Ordinal);
        Assert.Contains("default", said["virsh domiflist first"], StringComparison.Ordinal);
        Assert.Contains("Active:         yes", said["virsh net-info default"], StringComparison.Ordinal);
        Assert.Contains("what 1.1.1.1 answers passes", said["vireo net doctor first"], StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(images));
        Assert.Equal("", (await daemon.VirshAsync("list", "--all", "--name")).Trim());
    }

    static async Task<string> TypeAsync(NetworkDaemon daemon, string line)
    {
        string[] words = line.Split(' ');
        (string program, string[] first) = words[0] is "vireo" ? VireoDaemon.Find("Vireo.Shell", "vireo") : (Needs.Program(words[0]), []);
        string[] uri = words[0] is "vireo" ? [] : ["--connect", daemon.Daemon.QemuUri];
        // Hosts of tests may have a KVM that does not work.
        string[] after = words[0] switch { "vireo" => ["-c", daemon.Daemon.QemuUri], "virt-install" => ["--virt-type", "qemu"], _ => [] };
        string[] command = ["env", $"HOME={daemon.Daemon.Root}", $"XDG_CACHE_HOME={daemon.Daemon.Root}/cache", program, .. first, .. uri, .. words.Skip(1), .. after];
        CommandResult result = await daemon.Daemon.InNetworkAsync(command);
        Assert.True(result.ExitCode == 0, $"{line}: {result}\n{daemon.Daemon.Log}");
        return result.Output;
    }

    internal static string Repository()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Join(folder, "Vireo.slnx")))
                return folder;
        throw new DirectoryNotFoundException("the tests do not run in the repository");
    }
}

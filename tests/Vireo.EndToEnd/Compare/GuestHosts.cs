using System.Text;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Compare;

/// <summary>Two daemons of one kind, and the files that guests name.</summary>
public abstract class BothHosts : IAsyncLifetime
{
    string? device;

    /// <summary>Why there is nothing to compare, or null.</summary>
    public string? Missing { get; private set; }

    public StockDaemon Stock { get; private set; } = null!;

    public VireoDaemon Vireo { get; private set; } = null!;

    /// <summary>"system" or "session".</summary>
    public abstract string Mode { get; }

    /// <summary>The folder that machines call ROOT.</summary>
    public string Files { get; } = Directory.CreateTempSubdirectory("machines").FullName;

    protected abstract string? WhyNot();

    protected abstract Task<StockDaemon> StartStockAsync();

    protected abstract Task<VireoDaemon> StartVireoAsync();

    public async ValueTask InitializeAsync()
    {
        Missing = StockDaemon.WhyNot() ?? (Command.Find("qemu-img") is null ? "qemu-img is not installed" : null) ?? WhyNot();
        if (Missing is not null)
            return;
        await MakeFilesAsync();
        await LendDeviceAsync();
        Stock = await StartStockAsync();
        Vireo = await StartVireoAsync();
        await LockAsync();
        await ReadyAsync();
    }

    /// <summary>Once the files are there.</summary>
    protected virtual Task ReadyAsync() => Task.CompletedTask;

    async Task MakeFilesAsync()
    {
        File.SetUnixFileMode(Files, (UnixFileMode)0x1ff);
        Directory.CreateDirectory(Path.Join(Files, "folder"));
        foreach (string name in (string[])["a.img", "b.img", "kernel", "lun.img"])
            await File.WriteAllBytesAsync(Path.Join(Files, name), new byte[1 << 20]);
        foreach (string[] image in (string[][])[["c.qcow2", "1M"], ["base.qcow2", "1M"], ["-b", "base.qcow2", "-F", "qcow2", "top.qcow2"]])
            await RunAsync(["bash", "-c", "cd \"$0\" && qemu-img create -q -f qcow2 \"$@\"", Files, .. image]);
    }

    // A block device, if this host has any to give. What starts later sees it.
    async Task LendDeviceAsync()
    {
        CommandResult made = await Command.RunAsync("losetup", ["--show", "-f", Path.Join(Files, "lun.img")]);
        if (made.ExitCode != 0)
            return;
        device = made.Output.Trim();
        File.CreateSymbolicLink(Path.Join(Files, "lun"), device);
    }

    // Images that a secret opens, and the secret at both daemons. qemu-img measures how fast it is, and gives up where the clock did not move meanwhile.
    async Task LockAsync()
    {
        const string key = "letmein", usage = "vireo-real-key";
        string secret = Path.Join(Files, "secret.xml");
        await File.WriteAllTextAsync(secret, $"<secret private='yes'><uuid>5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d02</uuid><usage type='volume'><volume>{usage}</volume></usage></secret>");
        foreach (string[] image in (string[][])[["luks", "-o", "key-secret=k,iter-time=10", "luks.img"], ["qcow2", "-o", "encrypt.format=luks,encrypt.key-secret=k,encrypt.iter-time=10", "luks.qcow2"]])
            await RunAsync("bash", "-c", $"cd \"$0\" && for n in {{1..50}}; do qemu-img create -q --object secret,id=k,data={key} -f \"$@\" 1M && exit; done; exit 1", Files, image[0], image[1], image[2], image[3]);
        foreach (string socket in (string[])[Stock.Socket, Vireo.Socket])
        {
            string uri = $"qemu+unix:///{Mode}?socket={socket}";
            await RunAsync("virsh", "-q", "-c", uri, "secret-define", secret);
            await RunAsync("virsh", "-q", "-c", uri, "secret-set-value", "5b1c9a54-5f0c-4b6c-8d2b-7a8f1e6c9d02", Convert.ToBase64String(Encoding.UTF8.GetBytes(key)));
        }
    }

    protected static async Task RunAsync(params string[] command)
    {
        CommandResult done = await Command.RunAsync(command[0], command[1..]);
        Assert.True(done.ExitCode == 0, done.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Stock is not null)
            await Stock.DisposeAsync();
        if (Vireo is not null)
            await Vireo.DisposeAsync();
        if (device is not null)
            await RunAsync("losetup", "-d", device);
        Directory.Delete(Files, recursive: true);
    }
}

/// <summary>The system's, which put guests into control groups, each with a network of its own.</summary>
public class GuestHosts : BothHosts
{
    public override string Mode => "system";

    /// <summary>What their qemu.conf says.</summary>
    protected virtual string Settings => "";

    protected override string? WhyNot() => null;

    protected override Task<StockDaemon> StartStockAsync() =>
        StockDaemon.StartAsync($"sed -i /cgroup_controllers/d /etc/libvirt/qemu.conf\ncat >>/etc/libvirt/qemu.conf <<'END'\n{Settings}\nEND\n");

    protected override async Task<VireoDaemon> StartVireoAsync()
    {
        VireoDaemon daemon = await VireoDaemon.StartConfiguredAsync(Settings,
            "-m", "-n", "--propagation", "private", "--", "bash", Path.Join(AppContext.BaseDirectory, "Compare/private-dev.sh"));
        CommandResult up = await daemon.InNetworkAsync("ip", "link", "set", "lo", "up");
        Assert.True(up.ExitCode == 0, up.ToString());
        return daemon;
    }
}

/// <summary>Those of a user, who is nobody.</summary>
public sealed class UserHosts : BothHosts
{
    static readonly string Script = Path.Join(AppContext.BaseDirectory, "Compare/session-user.sh");
    static readonly string[] Apart = ["-m", "-p", "-i", "-n", "-f", "--kill-child", "--mount-proc", "--propagation", "private", "--", "bash", Script];

    public override string Mode => "session";

    protected override string? WhyNot() => Command.Find("setpriv") is null ? "setpriv is not installed"
        : Command.RunAsync("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "test", "-r", Script]).Result.ExitCode != 0 ? "others may not read the programs that are tested" : null;

    protected override Task<StockDaemon> StartStockAsync() => StockDaemon.StartOfUserAsync([.. Apart, "libvirtd", "--root"]);

    protected override Task<VireoDaemon> StartVireoAsync() => VireoDaemon.StartBehindAsync(Apart);

    protected override Task ReadyAsync() => RunAsync("chown", "-R", "nobody:nogroup", Files);
}

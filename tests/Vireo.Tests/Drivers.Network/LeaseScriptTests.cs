using Vireo.Drivers.Network.Leases;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Xunit;

namespace Vireo.Tests.Drivers.Network;

/// <summary>What dnsmasq runs.</summary>
public sealed class LeaseScriptTests : IDisposable
{
    readonly TempFolder folder = new("/tmp", "vireo-");
    readonly ProcessHost host = new(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));

    public void Dispose()
    {
        host.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(null, "virbr9", "init", "")]
    [InlineData("", "virbr9", "init", "")]
    [InlineData("[]", "virbr9", "init", "it's|first|init\n")]
    [InlineData(null, "", "init", "it's|first|init\n")]
    [InlineData(null, "virbr9", "add 52:54:00:00:00:01 10.0.0.2", "it's|first|add 52:54:00:00:00:01 10.0.0.2\n")]
    public async Task The_program_is_spared_a_start_when_nothing_is_lent(string? leases, string bridge, string asked, string said)
    {
        string script = Path.Join(folder.Path, "vireo-leases"), file = Path.Join(folder.Path, "virbr9.status");
        await File.WriteAllTextAsync(script, LeaseScript.Of(["/bin/sh", "-c", "printf '%s|' \"it's\" \"$0\"; echo \"$@\"", "first"]), TestContext.Current.CancellationToken);
        if (leases is not null)
            await File.WriteAllTextAsync(file, leases, TestContext.Current.CancellationToken);
        FinishedProgram run = await host.FinishAsync(new ProcessPlan
        {
            Program = "/bin/sh",
            Arguments = [script, .. asked.Split(' ')],
            Environment = [new("VIR_BRIDGE_NAME", bridge), new(LeaseProgramRun.FolderVariable, folder.Path), new("PATH", "/usr/bin:/bin")],
        }, cancel: TestContext.Current.CancellationToken);
        Assert.Equal((0, said), (run.Status.Code, run.Output));
        Assert.Equal(leases is not null || said.Length == 0, File.Exists(file));
        if (said.Length == 0)
            Assert.Equal("-rw-r--r--", UnixModes(file));
    }

    static string UnixModes(string file) => File.GetUnixFileMode(file) == (UnixFileMode)0x1a4 ? "-rw-r--r--" : File.GetUnixFileMode(file).ToString();
}

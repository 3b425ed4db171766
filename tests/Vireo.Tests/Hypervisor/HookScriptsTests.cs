using Vireo.Core.Errors;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Hooks;
using Xunit;

namespace Vireo.Tests.Hypervisor;

/// <summary>Scripts that are told of what happens.</summary>
public sealed class HookScriptsTests : IDisposable
{
    readonly TempFolder folder = new("/tmp", "vireo-");
    readonly ProcessHost host = new(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));

    HostPaths Paths => HostPaths.System(folder.Path);

    HookScripts Hooks => new(Paths, "network", host);

    public void Dispose()
    {
        host.Dispose();
        folder.Dispose();
    }

    void Write(string name, string script, bool executable = true)
    {
        string file = Path.Join(Paths.EtcDir, "hooks", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(file, executable ? (UnixFileMode)0x1ed : (UnixFileMode)0x1a4);
    }

    string Heard => Path.Join(folder.Path, "heard");

    string Listening(string who) => $"echo \"{who} $* $(cat)\" >> {Heard}\n";

    [Fact]
    public async Task All_scripts_are_told_in_order_and_what_is_no_program_is_none()
    {
        Assert.False(Hooks.Any);
        await Hooks.RunAsync("n", "start", "begin", "<a/>", default);
        Write("network.d/b", Listening("b"));
        Write("network.d/a", Listening("a"));
        Write("network.d/readme", "exit 1", executable: false);
        Write("network", Listening("main"));
        Write("qemu", "exit 1");
        await Hooks.RunAsync("n", "start", "begin", "<a/>", default);
        Assert.Equal(["main n start begin - <a/>", "a n start begin - <a/>", "b n start begin - <a/>"], await File.ReadAllLinesAsync(Heard, TestContext.Current.CancellationToken));
        Assert.False(new HookScripts(Paths with { Privileged = false }, "network", host).Any);
    }

    [Fact]
    public async Task A_script_that_fails_is_reported_in_its_own_words_when_the_others_were_told()
    {
        Write("network", "echo no >&2; exit 3");
        Write("network.d/a", Listening("a"));
        var fault = await Assert.ThrowsAsync<VireoException>(() => Hooks.RunAsync("n", "start", "begin", "", default).AsTask());
        Assert.Equal((ErrorCode.HookScriptFailed, ErrorDomain.Hook), (fault.Code, fault.Error.Domain));
        Assert.StartsWith("Hook script execution failed: internal error: Child process (LC_ALL=C PATH=", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith($"{Paths.EtcDir}/hooks/network n start begin -) unexpected exit status 3: no\n", fault.Message, StringComparison.Ordinal);
        Assert.Equal("a n start begin - \n", await File.ReadAllTextAsync(Heard, TestContext.Current.CancellationToken));
    }
}

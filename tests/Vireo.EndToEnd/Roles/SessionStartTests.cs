using Vireo.Driver;
using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Vireo.Remote;
using Xunit;

namespace Vireo.EndToEnd.Roles;

/// <summary>A user's client starts the daemon that it looks for, and virtproxyd starts those behind it.</summary>
public sealed class SessionStartTests : IAsyncDisposable
{
    readonly DaemonProgram daemon = new();

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    /// <summary>Puts a program where programs are looked for.</summary>
    string Programs(params string[] names)
    {
        (string program, string[] before) = VireoDaemon.Find("vireod", "vireod");
        string folder = Path.Join(daemon.Root, "programs");
        Directory.CreateDirectory(folder);
        foreach (string name in names)
        {
            string path = Path.Join(folder, name);
            File.WriteAllText(path, $"#!/bin/bash\necho \"$0 $*\" >>{daemon.Root}/started\nexec -a \"$0\" {Needs.Program(program)} {string.Join(' ', before)} \"$@\"\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return folder;
    }

    async Task<string> OpenAsync(string uri, string programs)
    {
        var places = new RemotePlaces(daemon.RunDir, daemon.RunDir, IsRoot: false, File.Exists)
        {
            Variable = name => name is "PATH" ? programs : null,
            DaemonOptions = ["--root", daemon.Root],
        };
        // Root has no session of his own: he opens the system's driver in it.
        if (VireoDaemon.Mode is "system")
            uri += "&name=qemu:///system";
        await using IDriverConnection connection = (await new RemoteDriver(new RemoteOptions { Places = places, Settings = new() })
            .OpenAsync(ConnectionUri.Parse(uri), Caller.Self, TestContext.Current.CancellationToken))!;
        return await connection.Capabilities.Find<IConnectionInfo>()!.GetTypeAsync(default);
    }

    string Started => string.Join('\n', File.ReadAllLines(Path.Join(daemon.Root, "started")).Select(line => line.Replace(daemon.Root, "ROOT", StringComparison.Ordinal)));

    [Theory]
    [InlineData("direct", "virtqemud", "ROOT/programs/virtqemud --root ROOT -d --timeout 120")]
    [InlineData("direct", "vireod", "ROOT/programs/vireod --role virtqemud --root ROOT -d --timeout 120")]
    [InlineData("legacy", "libvirtd", "ROOT/programs/libvirtd --root ROOT -d --timeout 120")]
    [InlineData("auto", "vireod", "ROOT/programs/vireod --role libvirtd --root ROOT -d --timeout 120")]
    public async Task A_client_starts_the_daemon_that_its_mode_asks_for(string mode, string program, string started)
    {
        Assert.Equal("QEMU", await OpenAsync($"qemu:///session?mode={mode}", Programs(program)));
        Assert.Equal(started, Started.Split('\n')[0]);
        Assert.True(File.Exists(daemon.Socket(mode is "direct" ? "virtqemud-sock" : "libvirt-sock")));
        Assert.False(File.Exists(daemon.Socket(mode is "direct" ? "libvirt-sock" : "virtqemud-sock")));
    }
}

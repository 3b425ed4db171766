using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>
/// A program on the library that runs out of descriptors: with none left, and with every number of them that an opening can begin with; during calls, events, streams and rounds
/// of the loop. Nothing hangs or crashes, every failure has an error, and no descriptor is kept.
/// </summary>
public sealed class DescriptorTests : IAsyncDisposable
{
    readonly RemoteDaemon daemon = new();

    string Folder => daemon.Program.Root;

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    [Fact]
    public Task Within_the_process() => RunAsync("test:///default");

    [Fact]
    public async Task Over_a_socket_and_by_a_program()
    {
        await daemon.StartAsync("listen_tls = 0");
        string netcat = Needs.Program("nc"), socket = daemon.Program.Socket(), join = Path.Join(Folder, "join");
        await File.WriteAllTextAsync(join, $"#!/bin/sh\nexec {netcat} -U {socket}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(join, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await RunAsync($"test+unix:///default?socket={socket}", $"test+ext:///default?command={join}");
    }

    [Fact]
    public async Task By_tls_and_by_tcp_with_a_password()
    {
        string sasl = Directory.CreateDirectory(Path.Join(Folder, "sasl2")).FullName;
        await File.WriteAllTextAsync(Path.Join(sasl, "libvirt.conf"),
            $"mech_list: digest-md5\nsasldb_path: {sasl}/users\npwcheck_method: auxprop\nauxprop_plugin: sasldb\n", TestContext.Current.CancellationToken);
        CommandResult made = await Command.RunAsync(Needs.Program("saslpasswd2"), ["-p", "-c", "-f", Path.Join(sasl, "users"), "-a", "libvirt", "fred"], input: "secret");
        Assert.True(made.ExitCode == 0, made.ToString());
        RunningProgram program = await daemon.StartAsync($"{daemon.Files}\nlisten_tcp = 1", new Dictionary<string, string?> { ["SASL_CONF_PATH"] = sasl });
        await RunAsync($"test+tls://localhost:{RemoteDaemon.Port(program, "tls")}/default?pkipath={daemon.Pki.ClientFolder("client")}",
            $"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default");
    }

    static async Task RunAsync(params string[] uris)
    {
        string program = await CLibraryFiles.CompileAsync("descriptors.c");
        try
        {
            CommandResult result = await Command.RunAsync(program, ["fred", "secret", .. uris], new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = CLibraryFiles.Folder });
            Assert.True(result is { ExitCode: 0, Output: "well\n" }, result.ToString());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        }
    }
}

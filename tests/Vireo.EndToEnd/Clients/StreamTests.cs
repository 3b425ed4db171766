using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Driver;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Vireo.Remote;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Xunit;

namespace Vireo.EndToEnd.Clients;

/// <summary>Streams and descriptors of Debian's clients through our server, to a driver of the tests' own.</summary>
public sealed class StreamTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("vst").FullName;
    readonly KeepingDriver driver = new();
    readonly RpcServer server;

    public StreamTests()
    {
        var services = new RemoteServices(new DriverSet(driver));
        server = new RpcServer(new RpcServerOptions { Threads = 1 }, peer => RemoteSession.Programs(peer, services), NullLogger.Instance);
        server.Listen(UnixSocket.Listen(Socket, 16, 0x1c0), readOnly: false);
    }

    string Socket => Path.Join(folder, "sock");

    string Uri => $"keeper+unix:///x?socket={Socket}";

    public void Dispose()
    {
        server.Dispose();
        driver.Notes.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    Task<CommandResult> PythonAsync(string script, params string[] arguments) =>
        Command.RunAsync(Needs.Program("/usr/bin/python3"), [ClientPrograms.Data(script), .. arguments]);

    /// <summary>What the driver hears next; it may still be on its way.</summary>
    string Heard()
    {
        Assert.True(driver.Notes.TryTake(out string? note, 60_000, TestContext.Current.CancellationToken), "the driver heard nothing");
        return note!;
    }

    const string Told = """
        all (4194304, '7c92c49e2f87906a') True
        in small pieces True
        a part True
        sparse (4194304, '6e49fa90fcba0db4') True
        sparse [983040, 1966080, 983040] True True
        by hand [('data', 65536), ('hole', 2097152), ('data', 65536), ('hole', 1966080)]
        holes unasked ('error', 55, 7, 'Requested operation is not valid: Skipping is not supported with this stream') 1
        still there True
        upload ('no error', 0)
        upload error error
        download ('no error', 0) error
        finished early no error
        still there 65536
        five at once [100, 100, 100, 100, 100] 9000000
        by events up True
        by events down True
        errors ('error', 8, 18, 'unsupported flags (0x100000) in function storageVolDownload') ('error', 8, 18, 'unsupported flags (0x100000) in function storageVolUpload')
        closed 1

        """;

    [Fact]
    public async Task Pythons_streams_flow_as_they_do_with_libvirtd()
    {
        await Needs.PythonModuleAsync("libvirt");
        CommandResult ours = await PythonAsync("streams.py", Uri, "/pool", folder);
        Assert.Equal(new CommandResult(0, Told.ReplaceLineEndings("\n"), ""), ours);
        Assert.Contains("plain was not written", driver.Notes);
        Assert.Contains("plain was not read", driver.Notes);
    }

    [Fact]
    public async Task That_is_what_libvirtd_tells()
    {
        await Needs.PythonModuleAsync("libvirt");
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        await using StockDaemon stock = await StockDaemon.StartAsync();
        string uri = $"qemu+unix:///system?socket={stock.Socket}", pool = Path.Join(folder, "pool");
        Directory.CreateDirectory(pool);
        foreach (string command in new[] { $"pool-create-as p dir --target {pool}", "vol-create-as p plain 4MiB --allocation 0", "vol-create-as p sparse 4MiB --allocation 0", "vol-create-as p byhand 4MiB --allocation 0" })
            Assert.Equal(0, (await Command.RunAsync(Needs.Program("virsh"), ["-c", uri, command])).ExitCode);
        CommandResult theirs = await PythonAsync("streams.py", uri, pool, folder);
        Assert.Equal(new CommandResult(0, Told.ReplaceLineEndings("\n"), ""), theirs);
    }

    [Fact]
    public async Task Virshs_holes_stay_holes()
    {
        string virsh = Needs.Program("virsh"), source = Path.Join(folder, "source"), target = Path.Join(folder, "target");
        using (FileStream file = File.Create(source))
        {
            file.SetLength(4 * 1024 * 1024);
            file.Position = 1024 * 1024;
            file.Write([.. Enumerable.Repeat((byte)7, 65_536)]);
        }
        CommandResult up = await Command.RunAsync(virsh, ["-q", "-c", Uri, "vol-upload", "/pool/sparse", source, "--sparse"]);
        CommandResult down = await Command.RunAsync(virsh, ["-q", "-c", Uri, "vol-download", "/pool/sparse", target, "--sparse"]);
        CommandResult whole = await Command.RunAsync(virsh, ["-q", "-c", Uri, "vol-download", "/pool/sparse", target + "2"]);
        Assert.Equal((new CommandResult(0, "", ""), new CommandResult(0, "", ""), new CommandResult(0, "", "")), (up, down, whole));
        byte[] content = await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken);
        Assert.Equal(content, await File.ReadAllBytesAsync(target, TestContext.Current.CancellationToken));
        Assert.Equal(content, await File.ReadAllBytesAsync(target + "2", TestContext.Current.CancellationToken));
        string[] blocks = (await Command.RunAsync(Needs.Program("stat"), ["-c", "%b", source, target])).Output.Split('\n');
        Assert.Equal(blocks[0], blocks[1]);
        Assert.Equal("sparse was written", Heard());
    }

    [Fact]
    public async Task What_breaks_half_way_says_why()
    {
        string virsh = Needs.Program("virsh"), file = Path.Join(folder, "file");
        await File.WriteAllBytesAsync(file, new byte[8 * 1024 * 1024], TestContext.Current.CancellationToken);
        CommandResult read = await Command.RunAsync(virsh, ["-q", "-c", Uri, "vol-download", "/pool/broken", Path.Join(folder, "got")]);
        Assert.Equal(new CommandResult(1, "", "error: cannot receive data from volume /pool/broken\nerror: operation failed: a bad sector\n"), read);
        CommandResult written = await Command.RunAsync(virsh, ["-q", "-c", Uri, "vol-upload", "/pool/full", file]);
        Assert.Equal(new CommandResult(1, "", "error: cannot send data to volume /pool/full\nerror: operation failed: no room left\n"), written);
        CommandResult after = await Command.RunAsync(virsh, ["-q", "-c", Uri, $"vol-upload /pool/full {file}; vol-download /pool/plain {Path.Join(folder, "got")} --length 5; hostname"]);
        Assert.Equal("keeper\n", after.Output);
    }

    [Fact]
    public async Task Who_dies_half_way_has_given_up()
    {
        await Needs.PythonModuleAsync("libvirt");
        const string script = """
            import libvirt, os, sys
            conn = libvirt.open(sys.argv[1])
            stream = conn.newStream()
            volume = conn.storageVolLookupByPath("/pool/plain")
            volume.upload(stream, 0, 0)
            stream.send(b"x" * 1000)
            os.kill(os.getpid(), 9)
            """;
        CommandResult died = await Command.RunAsync(Needs.Program("/usr/bin/python3"), ["-c", script, Uri]);
        Assert.Equal(137, died.ExitCode);
        Assert.Equal("plain was not written", Heard());
    }

    [Fact]
    public async Task Go_libvirts_large_packets_and_unfinished_downloads_are_served()
    {
        CommandResult said = await PythonAsync("go.py", $"unix:{Socket}", "volume", "keeper:///", "/pool/plain");
        Assert.Equal("""
            methods [0]
            uploaded 3 0 b''
            downloaded 3 2 10485760 True
            downloaded 3 2 10485760 True
            driver KEEPER

            """.ReplaceLineEndings("\n"), said.Output + said.Error);
        Assert.Equal("plain was written", Heard());
        Assert.Equal("plain was not read", Heard());
        Assert.Equal("plain was not read", Heard());
    }

    [Fact]
    public async Task Descriptors_come_and_go()
    {
        await Needs.PythonModuleAsync("libvirt");
        CommandResult said = await PythonAsync("files.py", Uri);
        const string expected = """
            display 0 SkipAuthentication
            display 1 SkipAuthentication
            display 2 SkipAuthentication
            given 0
            none ('error', 9, 10, 'operation failed: unlucky') ('error', 9, 10, 'operation failed: unlucky') True
            associated 0
            started 0
            made made 7
            no files 0
            too many error
            32 0
            heard keeper
            open True

            """;
        Assert.True(said.Output == expected.ReplaceLineEndings("\n"), said.ToString());
        Assert.Equal(
        [
            "display 1: a socket", "display 13: a socket", "disk WritableLabel: one two", "guest None: two one", "<domain/> StartAutodestroy: one", "guest None: ",
            $"guest None: {string.Join(' ', Enumerable.Repeat("one", 32))}",
        ], driver.Notes);
    }
}

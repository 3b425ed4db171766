using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.EndToEnd.Harness;
using Vireo.Host.Processes;
using Vireo.Remote;
using Vireo.Remote.Transports;
using Xunit;

namespace Vireo.EndToEnd.Transports;

/// <summary>A program that was to lead to the daemon ends: in whatever order that is noticed, the user hears what the program had to say.</summary>
public sealed partial class FailingProgramTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("vfp").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>How it ends, and whether it has done so before the client says its first word.</summary>
    static readonly Dictionary<string, (bool Before, string Text)> orders = new()
    {
        // Writing is refused, reading ends.
        ["it ended before it was spoken to"] = (true, """
            sys.exit(3)
            """),
        // Reading is refused.
        ["it ended without listening"] = (false, """
            select.select([0], [], [])
            sys.exit(3)
            """),
        // Reading ends.
        ["it listened and ended"] = (false, """
            os.read(0, 4096)
            sys.exit(3)
            """),
        // Writing is refused, and reading would never end.
        ["it stopped listening and stays"] = (true, """
            os.close(2)
            socket.socket(fileno=os.dup(0)).shutdown(socket.SHUT_RD)
            ended = select.poll()
            ended.register(0, 0)
            ended.poll()
            """),
    };

    public static TheoryData<string, bool> Orders()
    {
        var all = new TheoryData<string, bool>();
        foreach (string order in orders.Keys)
            foreach (bool blocking in new[] { false, true })
                all.Add(order, blocking);
        return all;
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task What_it_said_is_heard(string order, bool blocking)
    {
        (bool before, string text) = orders[order];
        string program = Path.Join(folder, "join");
        await File.WriteAllTextAsync(program,
            $"#!{Needs.Program("/usr/bin/python3")}\nimport os, select, socket, sys\nos.write(2, b'no such place\\n')\n{text}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var driver = new RemoteDriver(new RemoteOptions { Blocking = blocking, Settings = new(), Opener = before ? Ended : null });
        VireoException failure = await Assert.ThrowsAsync<VireoException>(() => driver.OpenAsync(ConnectionUri.Parse($"test+ext:///default?command={program}"), Caller.Self, default).AsTask());
        Assert.Equal((ErrorCode.SystemError, "Cannot recv data: no such place: Connection reset by peer"), (failure.Code, failure.Message));
    }

    /// <summary>A way to a program that takes no more words.</summary>
    static Link Ended(RemoteAddress to)
    {
        SocketProgram program = SocketProgram.Start(to.Command!, []);
        while (send(program.Socket, 0, 0, DontWait | NoSignal) == 0)      // nothing, which is refused where something would be
            Thread.Sleep(1);
        return new(program.Socket, program.Complaint, program);
    }

    const int DontWait = 0x40, NoSignal = 0x4000;

    [LibraryImport("libc")]
    private static partial nint send(int socket, nint data, nint length, int flags);
}

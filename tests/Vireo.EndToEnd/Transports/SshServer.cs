using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Transports;

/// <summary>An sshd of its own on the loopback, with keys and settings of its own, which lets this user in by one key, or by a password that is good nowhere else.</summary>
public sealed class SshServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    readonly Process process;

    SshServer(Process process, string folder, int port) => (this.process, Folder, Port) = (process, folder, port);

    /// <summary>Its keys and settings.</summary>
    public string Folder { get; }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>The user's key.</summary>
    public string Key => Path.Join(Folder, "user");

    /// <summary>A folder that comes first in the PATH of its sessions.</summary>
    public string Programs => Path.Join(Folder, "bin");

    /// <summary>The password of root, where it takes passwords.</summary>
    public const string Password = "good here alone";

    /// <summary>Starts it; skips the test where there is none.</summary>
    /// <param name="withPasswords">It asks for passwords as well, in both ways that there are. Only root can start such a one: it sees other files of passwords than the host.</param>
    public static async Task<SshServer> StartAsync(bool withPasswords = false)
    {
        string sshd = Needs.Program("sshd");
        Needs.Program("ssh");
        string folder = Directory.CreateTempSubdirectory("vssh").FullName;
        Directory.CreateDirectory(Path.Join(folder, "bin"));
        foreach (string name in new[] { "host", "user" })
            await Command.RunAsync(Needs.Program("ssh-keygen"), ["-q", "-t", "ed25519", "-N", "", "-f", Path.Join(folder, name)]);
        File.Copy(Path.Join(folder, "user.pub"), Path.Join(folder, "authorized"));
        int port = FreePort();
        await File.WriteAllTextAsync(Path.Join(folder, "config"), string.Join('\n',
            $"Port {port}", "ListenAddress 127.0.0.1", $"HostKey {folder}/host", $"AuthorizedKeysFile {folder}/authorized", $"PidFile {folder}/pid",
            "StrictModes no", $"UsePAM {(withPasswords ? "yes" : "no")}", $"PasswordAuthentication {(withPasswords ? "yes" : "no")}", $"KbdInteractiveAuthentication {(withPasswords ? "yes" : "no")}", "PermitRootLogin yes", $"SetEnv PATH={folder}/bin:/usr/bin:/bin:/usr/sbin:/sbin", ""));
        if (Environment.UserName is "root")
            Directory.CreateDirectory("/run/sshd");
        string[] program = [sshd, "-D", "-e", "-f", Path.Join(folder, "config")];
        if (withPasswords)
            program = await WithFilesOfItsOwnAsync(folder, program);
        var server = new SshServer(Command.Start(program[0], program[1..]), folder, port);
        _ = server.process.StandardOutput.ReadToEndAsync();
        Task<string> said = server.process.StandardError.ReadToEndAsync();
        long began = Stopwatch.GetTimestamp();
        while (!Answers(port))
        {
            if (server.process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"sshd did not come up: {await said}");
            }
            await Task.Delay(20);
        }
        return server;
    }

    static async Task<string[]> WithFilesOfItsOwnAsync(string folder, string[] program)
    {
        Needs.Root();
        string pam = Path.Join(folder, "pam"), shadow = Path.Join(folder, "shadow");
        await File.WriteAllTextAsync(pam, "auth required pam_unix.so nodelay\naccount required pam_permit.so\nsession required pam_permit.so\n");
        string hash = (await Command.RunAsync(Needs.Program("openssl"), ["passwd", "-6", Password])).Output.Trim();
        await File.WriteAllTextAsync(shadow, $"root:{hash}:19000:0:99999:7:::\n");
        return [Needs.Program("unshare"), "-m", "sh", "-c", "mount --bind \"$0\" /etc/pam.d/sshd && mount --bind \"$1\" /etc/shadow && shift && exec \"$@\"", pam, shadow, .. program];
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static bool Answers(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

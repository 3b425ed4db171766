using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;

namespace Vireo.Conformance.Virsh;

/// <summary>
/// A vireod that nobody has talked to yet: the native program of <c>VIREO_BIN</c> under a root of its own, or else, because starting a runtime for each of
/// hundreds of cases takes minutes, the server, sessions and driver that the program is made of, new for the case.
/// </summary>
abstract class FreshDaemon : IDisposable
{
    /// <summary>Which of the two it is, for whoever reads the result.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("VIREO_BIN") is { Length: > 0 } folder ? Path.Combine(folder, "vireod") : null;

    public static FreshDaemon Start(string folder) => Program is { } native ? new OfProgram(native, folder) : new InProcess(folder);

    /// <summary>A connection to it.</summary>
    public abstract Socket Connect();

    public abstract void Dispose();

    static Socket To(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    sealed class InProcess : FreshDaemon
    {
        readonly RpcServer server;
        readonly string path;

        public InProcess(string folder)
        {
            path = Path.Combine(folder, "server");
            var services = new RemoteServices(new DriverSet(TestDriver.Create()));
            server = new RpcServer(new RpcServerOptions(), peer => RemoteSession.Programs(peer, services), NullLogger.Instance);
            server.Listen(UnixSocket.Listen(path, backlog: 8, mode: 0x180), readOnly: false);
        }

        public override Socket Connect() => To(path);

        public override void Dispose() => server.Dispose();
    }

    sealed class OfProgram : FreshDaemon
    {
        readonly string root;
        readonly Process process;

        public OfProgram(string program, string folder)
        {
            root = Path.Combine(folder, "root");
            Directory.CreateDirectory(root);
            process = Process.Start(new ProcessStartInfo(program, ["--root", root]) { RedirectStandardOutput = true, RedirectStandardError = true })
                ?? throw new InvalidOperationException($"cannot start {program}");
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        /// <summary>Waits until it answers, or is gone.</summary>
        public override Socket Connect()
        {
            while (true)
            {
                try
                {
                    return To(Directory.EnumerateFiles(root, "libvirt-sock", SearchOption.AllDirectories).FirstOrDefault() ?? Path.Combine(root, "libvirt-sock"));
                }
                catch (SocketException) when (!process.HasExited)
                {
                    Thread.Sleep(2);
                }
            }
        }

        public override void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}

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

    public static FreshDaemon Start(string folder) => Program is { } native ? new OfProgram(native, folder) : new InProcess();

    /// <summary>A connection to it.</summary>
    public abstract Socket Connect();

    public abstract void Dispose();

    sealed class InProcess : FreshDaemon
    {
        readonly RpcServer server;

        public InProcess()
        {
            var services = new RemoteServices(new DriverSet(TestDriver.Create()));
            server = new RpcServer(new RpcServerOptions(), peer => [new RemoteSession(peer, services)], NullLogger.Instance);
        }

        public override Socket Connect()
        {
            (int ours, int theirs) = UnixSocket.Pair();
            server.Attach(theirs, readOnly: false);
            return new Socket(new SafeSocketHandle(ours, ownsHandle: true));
        }

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
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    string? path = Directory.EnumerateFiles(root, "libvirt-sock", SearchOption.AllDirectories).FirstOrDefault();
                    socket.Connect(new UnixDomainSocketEndPoint(path ?? Path.Combine(root, "libvirt-sock")));
                    return socket;
                }
                catch (SocketException) when (!process.HasExited)
                {
                    socket.Dispose();
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

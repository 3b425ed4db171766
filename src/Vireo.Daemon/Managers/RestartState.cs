using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Core.Json;
using Vireo.Daemon.Roles;
using Vireo.Daemon.Service;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Rpc.Server;
using Vireo.Rpc.Server.Restart;

namespace Vireo.Daemon.Managers;

/// <summary>
/// A restart that loses nothing (SIGUSR1): the process executes its program anew, which may be a newer one, and keeps its sockets, its clients
/// and what its service holds. A file beside the pid file says which descriptor is what; it counts only for the process that wrote it.
/// </summary>
sealed partial class RestartState
{
    /// <summary>SIGUSR1, as with libvirt's managers.</summary>
    internal const PosixSignal Signal = (PosixSignal)10;

    const string Variable = "VIREO_RESTART_IN";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static string program = "", folder = "/";
    readonly DaemonState servers;
    readonly string mainName;

    RestartState(JsonObject service, DaemonState servers, string mainName) => (Service, this.servers, this.mainName) = (service, servers, mainName);

    /// <summary>What the service left.</summary>
    internal JsonObject Service { get; }

    /// <summary>This program was executed by one before it in the same process.</summary>
    internal static bool IsRestarted { get; private set; }

    /// <summary>Notes what a restart needs, as long as the program's file is the one that was started.</summary>
    internal static void Remember()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } before)
        {
            Places.Forget(Variable);
            _ = Native.signal((int)Signal, Native.SIG_DFL);     // or the runtime would go on ignoring it
            Environment.CurrentDirectory = before;
            IsRestarted = true;
        }
        (program, folder) = (Environment.ProcessPath ?? "/proc/self/exe", Environment.CurrentDirectory);
    }

    static string FileOf(DaemonRole role, HostPaths paths) =>
        Path.Join(Path.GetDirectoryName(Places.PidFile(paths, role)), $"{role.Name}-restart-exec.json");

    /// <summary>What the program before this one left; null: there was none.</summary>
    /// <exception cref="VireoException">It cannot be understood.</exception>
    internal static RestartState? Take(DaemonRole role, HostPaths paths)
    {
        string path = FileOf(role, paths);
        if (!IsRestarted || !File.Exists(path))
            return null;
        var state = JsonText.Parse(File.ReadAllText(path)) as JsonObject;
        File.Delete(path);
        if (state is null || (string?)state["magic"] != Magic)
            return null;
        return new RestartState(
            state["service"] as JsonObject ?? throw Missing("service"),
            DaemonState.Parse((state["daemon"] ?? throw Missing("daemon")).ToJsonString(), [role.Name]), role.Name);
    }

    static string Magic => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    static VireoException Missing(string what) => VireoException.Internal(ErrorDomain.Rpc, $"Missing {what} data in JSON document");

    /// <summary>The listening sockets.</summary>
    internal IReadOnlyList<InheritedSocket> Sockets(DaemonRole role, LibvirtdConfig config, HostPaths paths) =>
        [.. from server in servers.Servers from service in server.Value.Services from socket in service.Sockets
            let what = server.Key == mainName ? SocketRole.ReadWrite : SocketRole.Admin
            select new InheritedSocket(Own(socket.Descriptor), server.Key, what,
                socket.RemovesPath ? Path.Join(config.UnixSocketDir ?? paths.RunDir, role.SocketFile(what)) : null)];

    /// <summary>Gives the clients back to their servers.</summary>
    internal void AttachClients(Servers to, IRoleService service)
    {
        foreach (var (name, server) in servers.Servers)
            foreach (ClientState client in server.Clients)
            {
                bool main = name == mainName;
                if (main)
                    (service as IKeepsState)?.Expect(client.Private);
                (main ? to.Main : to.Admin)?.Attach(Own(client.Socket.Descriptor), readOnly: false);
            }
    }

    // Ours again, and not that of programs that we start.
    static int Own(int descriptor)
    {
        _ = Native.fcntl(descriptor, Native.F_SETFD, Native.FD_CLOEXEC);
        return descriptor;
    }

    /// <summary>Becomes the new program.</summary>
    /// <exception cref="VireoException">That failed; what was held is lost with this process.</exception>
    internal static void Execute(DaemonRole role, HostPaths paths, Servers servers, bool ourSockets, IKeepsState service, string? notify)
    {
        KeptServer main = servers.Main.Keep(Patience);
        KeptServer? admin = servers.Admin?.Keep(Patience);
        var state = new DaemonState([
            new(role.Name, StateOf(servers.Main, main, ourSockets, service.KeepClient)),
            .. admin is null ? Array.Empty<KeyValuePair<string, ServerState>>() : [new("admin", StateOf(servers.Admin!, admin, ourSockets, static _ => null))],
        ]);
        var document = new JsonObject
        {
            ["magic"] = Magic,
            ["daemon"] = JsonNode.Parse(state.ToJson()),
            ["service"] = service.Keep(),
        };
        AtomicFile.Write(FileOf(role, paths), JsonText.Pretty(document), 0x180, durable: false);
        Systemd.Notify(notify, $"RELOADING=1\nMONOTONIC_USEC={Environment.TickCount64 * 1000}");
        throw VireoException.System(ErrorDomain.Rpc, Become(notify), $"Unable to execute {program}");
    }

    static ServerState StateOf(RpcServer server, KeptServer kept, bool ourSockets, Func<RpcPeer, JsonNode?> state) => new(
        server.WorkerState.Min, server.WorkerState.Max, server.WorkerState.Prio, server.MaxClients, server.MaxAnonymousClients, -1, 5, 1,
        [new ServiceState(0, false, 1, [.. kept.Listening.Select(fd => new SocketState(fd, -1, -1, false, ourSockets))])],
        [.. kept.Clients.Select(client => new ClientState(
            client.Peer.Id, 0, false, false, 1, client.Peer.Since.ToUnixTimeSeconds(), new SocketState(client.Descriptor, -1, -1, true, false), state(client.Peer)))]);

    static unsafe int Become(string? notify)
    {
        var environment = new List<string> { $"{Variable}={folder}" };
        if (notify is not null)
            environment.Add($"NOTIFY_SOCKET={notify}");
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment.Add($"{entry.Key}={entry.Value}");
        string[] arguments = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');
        // Who asks again while the new program is not that far yet must not end it.
        _ = Native.signal((int)Signal, Native.SIG_IGN);
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(environment);
        _ = Native.execve(program, argv.First, envp.First);
        return Marshal.GetLastPInvokeError();
    }
}

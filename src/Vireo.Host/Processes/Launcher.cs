using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Host.Namespaces;

namespace Vireo.Host.Processes;

/// <summary>A child between its start and the program that it becomes.</summary>
readonly record struct LaunchedChild(int Pid, SafeFileHandle PidFd, SafeFileHandle Told, SafeFileHandle? Waiting)
{
    /// <summary>Gives a child its orders that waits for them.</summary>
    public void Order(ProcessPlan plan)
    {
        using var pipe = new FileStream(Waiting!, FileAccess.Write, bufferSize: 0);
        pipe.Write(Launcher.OrdersOf(plan));
    }
}

/// <summary>
/// Starts programs through the launcher executable: a runtime with threads cannot run code between fork and exec, so the
/// launcher, which is what we start, does what must be done in the child, and then becomes the program.
/// </summary>
/// <param name="command">The launcher's command: its path, or a runtime's path and the launcher's.</param>
public sealed unsafe class Launcher(params string[] command)
{
    /// <summary>The variable that says where the launcher is.</summary>
    public const string Variable = "VIREO_LAUNCHER";

    /// <summary>
    /// Finds the launcher: what <paramref name="setting"/> says, else beside our own binary, else in the build tree (which goes
    /// before a native file beside us, since there that file is only the start of one that is not native).
    /// </summary>
    public static Launcher Find(string? setting, string ownFolder)
    {
        string tree = Path.Join(ownFolder, "../../Vireo.Launcher", Path.GetFileName(Path.TrimEndingDirectorySeparator(ownFolder)));
        foreach (string at in (ReadOnlySpan<string>)[.. setting is { Length: > 0 } ? [setting] : Array.Empty<string>(),
            Path.Join(ownFolder, "vireo-launcher.dll"), Path.Join(tree, "vireo-launcher.dll"), Path.Join(ownFolder, "vireo-launcher")])
        {
            if (File.Exists(at))
                return at.EndsWith(".dll", StringComparison.Ordinal) ? new Launcher(Runtime(), Path.GetFullPath(at)) : new Launcher(at);
        }
        throw new FileNotFoundException($"vireo-launcher is not beside this program; {Variable} can say where it is");
    }

    static string Runtime() => Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    internal LaunchedChild Spawn(ProcessPlan plan)
    {
        PassedDescriptor[] passed = [.. plan.Descriptors];
        int* ends = stackalloc int[2];
        SafeFileHandle? waiting = null;
        if (plan.Place is not null)
        {
            if (LibC.pipe2(ends, LibC.O_CLOEXEC) < 0)
                throw HostErrors.Failed(LibC.Errno, "cannot create a pipe");
            waiting = new SafeFileHandle(ends[1], ownsHandle: true);
        }
        using SafeFileHandle orders = waiting is null ? Orders(plan) : new SafeFileHandle(ends[0], ownsHandle: true);
        if (LibC.pipe2(ends, LibC.O_CLOEXEC) < 0)
            throw HostErrors.Failed(LibC.Errno, "cannot create a pipe");
        var told = new SafeFileHandle(ends[0], ownsHandle: true);
        using var tell = new SafeFileHandle(ends[1], ownsHandle: true);
        using SafeFileHandle? dev = plan.Dev is { } own ? DevMount.Of(own) : null;
        var high = new List<SafeFileHandle>();
        byte* actions = stackalloc byte[256], attributes = stackalloc byte[512];
        _ = LibC.posix_spawn_file_actions_init(actions);
        _ = LibC.posix_spawnattr_init(attributes);
        try
        {
            for (int fd = 0; fd < 3; fd++)
                fixed (byte* nowhere = "/dev/null\0"u8)
                    _ = LibC.posix_spawn_file_actions_addopen(actions, fd, nowhere, LibC.O_RDWR, 0);
            Give(orders, LaunchOrders.OrdersAt);
            Give(tell, LaunchOrders.ReplyAt);
            for (int i = 0; i < passed.Length; i++)
                Give(passed[i].Handle, LaunchOrders.FirstPassed + i);
            if (dev is not null)
                Give(dev, LaunchOrders.FirstPassed + passed.Length);
            SpawnSignals.Set(attributes);
            int pid = Spawn(actions, attributes, plan);
            // Until we wait for it, nobody can take its pid.
            return new LaunchedChild(pid, LibC.Handle(LibC.pidfd_open(pid, 0), $"cannot open process {pid}"), told, waiting);
        }
        catch
        {
            told.Dispose();
            waiting?.Dispose();
            throw;
        }
        finally
        {
            _ = LibC.posix_spawn_file_actions_destroy(actions);
            _ = LibC.posix_spawnattr_destroy(attributes);
            high.ForEach(static handle => handle.Dispose());
        }

        // First far above every target, so that no target overwrites what is still to be moved.
        void Give(SafeHandle from, int target)
        {
            SafeFileHandle copy = LibC.Handle(LibC.fcntl(from, LibC.F_DUPFD_CLOEXEC, 256), "cannot pass a descriptor");
            high.Add(copy);
            _ = LibC.posix_spawn_file_actions_adddup2(actions, (int)copy.DangerousGetHandle(), target);
        }
    }

    internal static void ThrowIfFailed(SafeFileHandle told, ProcessPlan plan)
    {
        Span<byte> reply = stackalloc byte[1024];
        int length = 0;
        fixed (byte* at = reply)
        {
            nint got;
            while (length < reply.Length && (got = LibC.read((int)told.DangerousGetHandle(), at + length, (nuint)(reply.Length - length))) > 0)
                length += (int)got;
        }
        if (length == 0)
            return;
        string[] parts = Encoding.UTF8.GetString(reply[..length]).Split('\n', 2);
        throw int.TryParse(parts[0], out int errno) && parts.Length == 2
            ? HostErrors.Failed(errno, $"cannot start '{plan.Program}': {parts[1]}")
            : VireoException.Internal(ErrorDomain.None, $"cannot start '{plan.Program}': the launcher failed");
    }

    int Spawn(byte* actions, byte* attributes, ProcessPlan plan)
    {
        // The program's home already marks the launcher: whoever comes after our crash finds by it what we started last.
        string home = plan.Environment.FirstOrDefault(static pair => pair.Key == "HOME").Value ?? "/";
        using var argv = new NativeStrings(command);
        using var envp = new NativeStrings(["DOTNET_TieredCompilation=1", "DOTNET_EnableDiagnostics=0", "HOME=" + home]);
        int pid;
        int errno = LibC.posix_spawn(&pid, *argv.First, actions, attributes, argv.First, envp.First);
        return errno == 0 ? pid : throw HostErrors.Failed(errno, $"cannot start '{command[0]}'");
    }

    static SafeFileHandle Orders(ProcessPlan plan)
    {
        SafeFileHandle file = LibC.Handle(LibC.memfd_create("orders", 1), "cannot create a memory file");
        RandomAccess.Write(file, OrdersOf(plan), 0);
        return file;
    }

    internal static byte[] OrdersOf(ProcessPlan plan)
    {
        var orders = new LaunchOrders
        {
            Program = plan.Program,
            Arguments = [plan.ShownName ?? plan.Program, .. plan.Arguments],
            Environment = [.. plan.Environment.Select(static pair => $"{pair.Key}={pair.Value}")],
            Folder = plan.Folder,
            Targets = [.. plan.Descriptors.Select(static one => one.Number)],
            NewSession = plan.NewSession,
            ParentPid = LibC.getpid(),
            DiesWithParent = plan.DiesWithDaemon,
            PrivateMounts = plan.PrivateMounts || plan.Dev is not null,
            OwnDev = plan.Dev is not null,
            DevMounts = [.. plan.Dev?.AllMounts ?? []],
            Umask = plan.Umask ?? LaunchOrders.Same,
            Nice = plan.Nice ?? LaunchOrders.Same,
            OomScoreAdjust = plan.OomScoreAdjust ?? LaunchOrders.Same,
            Processors = [.. plan.Processors ?? []],
            User = plan.User ?? (long)LaunchOrders.Same,
            Group = plan.Group ?? (long)LaunchOrders.Same,
            SetGroups = plan.Groups is not null,
            Groups = [.. (plan.Groups ?? []).Select(static id => (int)id)],
            Cgroups = [.. plan.Cgroups],
            Limits = [.. plan.Limits.SelectMany(static limit => (ulong[])[(ulong)limit.Resource, limit.Soft, limit.Hard])],
            ExecLabel = plan.ExecLabel ?? "",
            GreetSocket = plan.Greeting?.Socket ?? "",
            Greeting = plan.Greeting?.Bytes ?? [],
            GreetPidAt = [.. plan.Greeting?.PidAt ?? []],
            GreetReplies = plan.Greeting?.Replies ?? 0,
            GreetAt = plan.Greeting?.Number ?? 0,
        };
        return orders.ToBytes();
    }
}

using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Processes;

/// <summary>
/// Starts programs that want nothing but a session of their own and descriptors 0 to 2 without the launcher: the C library can do that between fork and exec. A start
/// costs a fraction of the launcher's, which is most of what short programs cost.
/// </summary>
static unsafe partial class DirectStart
{
    const short SetSession = 0x80;
    const int HighestTarget = 2;

    /// <summary>Whether a program can be started so.</summary>
    public static bool Can(ProcessPlan plan) =>
        plan is { Folder: "/", DiesWithDaemon: false, Umask: null, Nice: null, OomScoreAdjust: null, Processors: null, User: null, Group: null, Groups: null, Place: null, Greeting: null, PrivateMounts: false, Dev: null, ExecLabel: null }
        && plan.Limits.Count == 0 && plan.Cgroups.Count == 0 && plan.Descriptors.All(static one => one.Number is >= 0 and <= HighestTarget);

    /// <summary>Starts it; it runs when this returns.</summary>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_SYSTEM_ERROR: it does not start.</exception>
    public static LaunchedChild Spawn(ProcessPlan plan)
    {
        int* ends = stackalloc int[2];
        if (LibC.pipe2(ends, LibC.O_CLOEXEC) < 0)
            throw HostErrors.Failed(LibC.Errno, "cannot create a pipe");
        var told = new SafeFileHandle(ends[0], ownsHandle: true);
        new SafeFileHandle(ends[1], ownsHandle: true).Dispose();       // all is told when the spawn is done
        var high = new List<SafeFileHandle>();
        byte* actions = stackalloc byte[256], attributes = stackalloc byte[512];
        _ = LibC.posix_spawn_file_actions_init(actions);
        _ = LibC.posix_spawnattr_init(attributes);
        using var argv = new NativeStrings([plan.ShownName ?? plan.Program, .. plan.Arguments]);
        using var envp = new NativeStrings([.. plan.Environment.Select(static pair => $"{pair.Key}={pair.Value}")]);
        try
        {
            fixed (byte* root = "/\0"u8)
                _ = posix_spawn_file_actions_addchdir_np(actions, root);
            for (int fd = 0; fd <= HighestTarget; fd++)
                fixed (byte* nowhere = "/dev/null\0"u8)
                    _ = LibC.posix_spawn_file_actions_addopen(actions, fd, nowhere, LibC.O_RDWR, 0);
            foreach (PassedDescriptor one in plan.Descriptors)
            {
                // Far above every target, so that no target overwrites what is still to be moved.
                SafeFileHandle copy = LibC.Handle(LibC.fcntl(one.Handle, LibC.F_DUPFD_CLOEXEC, 256), "cannot pass a descriptor");
                high.Add(copy);
                _ = LibC.posix_spawn_file_actions_adddup2(actions, (int)copy.DangerousGetHandle(), one.Number);
            }
            _ = posix_spawn_file_actions_addclosefrom_np(actions, HighestTarget + 1);
            SpawnSignals.Set(attributes, plan.NewSession ? SetSession : (short)0);
            int pid, errno;
            fixed (byte* file = Encoding.UTF8.GetBytes(plan.Program + "\0"))
                errno = LibC.posix_spawn(&pid, file, actions, attributes, argv.First, envp.First);
            if (errno != 0)
                throw HostErrors.Failed(errno, $"cannot start '{plan.Program}': execute");
            // Until we wait for it, nobody can take its pid.
            return new LaunchedChild(pid, LibC.Handle(LibC.pidfd_open(pid, 0), $"cannot open process {pid}"), told, null);
        }
        catch
        {
            told.Dispose();
            throw;
        }
        finally
        {
            _ = LibC.posix_spawn_file_actions_destroy(actions);
            _ = LibC.posix_spawnattr_destroy(attributes);
            high.ForEach(static handle => handle.Dispose());
        }
    }

    // glibc's own, since 2.29 and 2.34.
    [LibraryImport("libc")] private static partial int posix_spawn_file_actions_addchdir_np(void* actions, byte* path);
    [LibraryImport("libc")] private static partial int posix_spawn_file_actions_addclosefrom_np(void* actions, int first);
}

using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Host.Processes;

namespace Vireo.Launcher;

/// <summary>Makes this process what the orders say. Each step that fails is reported by name, with its errno.</summary>
static unsafe class Child
{
    const int Failed = 125;
    const int AboveAllTargets = 512;

    public static Stream OpenOrders() => new FileStream(new SafeFileHandle(LaunchOrders.OrdersAt, ownsHandle: true), FileAccess.Read);

    public static int Become(LaunchOrders orders)
    {
        int reply = LibC.fcntl(LaunchOrders.ReplyAt, LibC.F_DUPFD_CLOEXEC, AboveAllTargets);
        // Before any limit on descriptors counts.
        int* held = stackalloc int[orders.Targets.Length + 1];
        for (int i = 0; i < orders.Targets.Length; i++)
            if ((held[i] = LibC.fcntl(LaunchOrders.FirstPassed + i, LibC.F_DUPFD_CLOEXEC, AboveAllTargets)) < 0)
                return Fail(reply, "descriptors");
        if (orders.GreetSocket.Length > 0)
        {
            int greeted = Greeter.Greet(orders);
            if (greeted < 0)
                return Fail(reply, $"registration at '{orders.GreetSocket}'");
            held[orders.Targets.Length] = LibC.fcntl(greeted, LibC.F_DUPFD_CLOEXEC, AboveAllTargets);
        }
        return Prepare(orders, reply) ?? Exec(orders, held, reply);
    }

    static int? Prepare(LaunchOrders orders, int reply)
    {
        if (orders.NewSession && LibC.setsid() < 0)
            return Fail(reply, "new session");
        foreach (string folder in orders.Cgroups)
            if (Put(folder + "/cgroup.procs", "0") < 0)
                return Fail(reply, $"control group '{folder}'");
        if (orders.OomScoreAdjust != LaunchOrders.Same && Put("/proc/self/oom_score_adj", orders.OomScoreAdjust.ToString()) < 0)
            return Fail(reply, "OOM score");
        fixed (ulong* limits = orders.Limits)
            for (int i = 0; i < orders.Limits.Length; i += 3)
                if (LibC.setrlimit((int)limits[i], limits + i + 1) < 0)
                    return Fail(reply, $"resource limit {limits[i]}");
        if (orders.Nice != LaunchOrders.Same && LibC.setpriority(0, 0, orders.Nice) < 0)
            return Fail(reply, "nice value");
        if (orders.Processors.Length > 0 && Pin(orders.Processors) < 0)
            return Fail(reply, "CPU affinity");
        if (orders.PrivateMounts && (LibC.unshare(LibC.CLONE_NEWNS) < 0
            || LibC.mount("none", "/", null, (nuint)(LibC.MS_SLAVE | LibC.MS_REC), 0) < 0))
            return Fail(reply, "mount namespace");
        if (orders.OwnDev && OwnDev.Take(orders) is { } failed)
            return Fail(reply, failed);
        if (orders.Umask != LaunchOrders.Same)
            _ = LibC.umask(orders.Umask);
        // As root still: who gave up being root cannot open what the kernel shows of it any more.
        if (orders.ExecLabel.Length > 0 && Confine(orders.ExecLabel) < 0)
            return Fail(reply, $"security label '{orders.ExecLabel}'");
        return SwitchUser(orders, reply) ?? Settle(orders, reply);
    }

    static int? SwitchUser(LaunchOrders orders, int reply)
    {
        fixed (int* groups = orders.Groups)
            if (orders.SetGroups && LibC.setgroups((nuint)orders.Groups.Length, groups) < 0)
                return Fail(reply, "groups");
        if (orders.Group != LaunchOrders.Same && LibC.setresgid((uint)orders.Group, (uint)orders.Group, (uint)orders.Group) < 0)
            return Fail(reply, $"group {orders.Group}");
        if (orders.User != LaunchOrders.Same && LibC.setresuid((uint)orders.User, (uint)orders.User, (uint)orders.User) < 0)
            return Fail(reply, $"user {orders.User}");
        return null;
    }

    static int? Settle(LaunchOrders orders, int reply)
    {
        // After the change of user, which clears it; and then the parent may be gone already.
        if (orders.DiesWithParent && (LibC.prctl(LibC.PR_SET_PDEATHSIG, LibC.SIGKILL, 0, 0, 0) < 0 || LibC.getppid() != orders.ParentPid))
            return Fail(reply, "tie to the daemon");
        return LibC.chdir(orders.Folder) < 0 ? Fail(reply, $"change to directory '{orders.Folder}'") : null;
    }

    static int Exec(LaunchOrders orders, int* held, int reply)
    {
        byte* path = Native(orders.Program);
        byte** argv = Native(orders.Arguments), envp = Native(orders.Environment);
        int[] targets = orders.Targets;
        // From here on nothing of the runtime may be used that opens, allocates or reports.
        for (int number = 1; number <= 64; number++)
            if (number != LibC.SIGKILL && number != 19)
                _ = LibC.signal(number, 0);
        if (LibC.close_range(3, uint.MaxValue, LibC.CLOSE_RANGE_CLOEXEC) < 0)
            return Fail(reply, "close descriptors");
        for (int i = 0; i < targets.Length; i++)
            if (LibC.dup2(held[i], targets[i]) < 0)
                return Fail(reply, $"descriptor {targets[i]}");
        if (orders.GreetSocket.Length > 0 && LibC.dup2(held[targets.Length], orders.GreetAt) < 0)
            return Fail(reply, "keep the registration");
        byte* none = stackalloc byte[128];
        new Span<byte>(none, 128).Clear();
        _ = LibC.pthread_sigmask(2, none, null);
        _ = LibC.execve(path, argv, envp);
        return Fail(reply, "execute");
    }

    static int Put(string path, string text)
    {
        int fd = LibC.open(path, LibC.O_WRONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0)
            return -1;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        nint written;
        int errno;
        fixed (byte* at = bytes)
        {
            written = LibC.write(fd, at, (nuint)bytes.Length);
            errno = Marshal.GetLastPInvokeError();
        }
        _ = LibC.close(fd);
        Marshal.SetLastPInvokeError(errno);
        return written < 0 ? -1 : 0;
    }

    // Modules that can be there together have folders of their own.
    static int Confine(string label)
    {
        const string common = "/proc/thread-self/attr/exec", own = "/proc/thread-self/attr/apparmor/exec";
        return Put(label.StartsWith("exec ", StringComparison.Ordinal) && File.Exists(own) ? own : common, label);
    }

    static int Pin(int[] processors)
    {
        byte* mask = stackalloc byte[1024];
        new Span<byte>(mask, 1024).Clear();
        foreach (int one in processors)
            if (one is >= 0 and < 8192)
                mask[one / 8] |= (byte)(1 << one % 8);
        return LibC.sched_setaffinity(0, 1024, mask);
    }

    static byte* Native(string text) => (byte*)Marshal.StringToCoTaskMemUTF8(text);

    static byte** Native(string[] texts)
    {
        var all = (byte**)NativeMemory.Alloc((nuint)(texts.Length + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Length; i++)
            all[i] = Native(texts[i]);
        all[texts.Length] = null;
        return all;
    }

    static int Fail(int reply, string step)
    {
        byte[] text = Encoding.UTF8.GetBytes($"{Marshal.GetLastPInvokeError()}\n{step}");
        fixed (byte* at = text)
            _ = LibC.write(reply, at, (nuint)text.Length);
        LibC._exit(Failed);
        return Failed;
    }
}

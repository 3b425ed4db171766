using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Processes;

/// <summary>
/// Starts processes and watches them, on one thread of its own that waits in epoll for pidfds: nothing sleeps, and SIGCHLD is
/// nobody's business.
/// </summary>
public sealed class ProcessHost : IDisposable
{
    static readonly int EventSize = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 12 : 16;
    static readonly int DataAt = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    readonly ConcurrentDictionary<int, Action> watched = new(1, 7);
    readonly ConcurrentQueue<Action> orders = [];
    readonly SafeFileHandle epoll = LibC.Handle(LibC.epoll_create1(LibC.EPOLL_CLOEXEC), "cannot create an epoll descriptor");
    readonly SafeFileHandle wake = LibC.Handle(LibC.eventfd(0, LibC.O_CLOEXEC | LibC.O_NONBLOCK), "cannot create an event descriptor");
    readonly Launcher launcher;
    readonly Thread thread;
    volatile bool ending;

    /// <summary>Starts the thread.</summary>
    /// <param name="launcher">How programs are started.</param>
    public ProcessHost(Launcher launcher)
    {
        this.launcher = launcher;
        Control(LibC.EPOLL_CTL_ADD, (int)wake.DangerousGetHandle());
        thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "processes" };
        thread.Start();
    }

    /// <summary>Starts a program and waits until it runs, or until it is known why it does not.</summary>
    public async Task<HostProcess> StartAsync(ProcessPlan plan, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        LaunchedChild child = await OnThreadAsync(() => DirectStart.Can(plan) ? DirectStart.Spawn(plan) : launcher.Spawn(plan)).ConfigureAwait(false);
        var process = new HostProcess(this, child.Pid, child.PidFd);
        try
        {
            if (plan.Place is { } place)
                child.Order(plan with { Cgroups = await place(child.Pid, cancel).ConfigureAwait(false) });
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            int pipe = (int)child.Told.DangerousGetHandle();
            Watch(pipe, () => told.TrySetResult());     // who waited may have given up
            using (cancel.UnsafeRegister(_ => told.TrySetCanceled(cancel), null))
                await told.Task.ConfigureAwait(false);
            Launcher.ThrowIfFailed(child.Told, plan);
            return process;
        }
        catch
        {
            process.Signal(LibC.SIGKILL);
            await process.Exited.ConfigureAwait(false);
            process.Dispose();
            throw;
        }
        finally
        {
            child.Waiting?.Dispose();
            Forget((int)child.Told.DangerousGetHandle());
            child.Told.Dispose();
        }
    }

    /// <summary>
    /// Takes hold of a process that somebody else started, such as the daemon before us.
    /// </summary>
    /// <param name="pid">Its pid.</param>
    /// <param name="startTime">When it must have started; 0: unknown.</param>
    /// <returns>Null if it is gone, or another one has its pid.</returns>
    public unsafe HostProcess? Find(int pid, ulong startTime = 0)
    {
        if (pid <= 0)
            return null;
        int fd = LibC.pidfd_open(pid, 0);
        if (fd < 0)
            return LibC.Errno is LibC.ESRCH or LibC.EINVAL ? null : throw HostErrors.Failed(LibC.Errno, $"cannot open process {pid}");
        var pidfd = new SafeFileHandle(fd, ownsHandle: true);
        var poll = new LibC.PollFd { Fd = fd, Events = LibC.EPOLLIN };
        bool ended = LibC.poll(&poll, 1, 0) > 0;        // a zombie still has its pid: who should reap it may be slow
        if (!ended && (startTime == 0 || ProcStat.Read(pid)?.StartTime == startTime))
            return new HostProcess(this, pid, pidfd);
        pidfd.Dispose();
        return null;
    }

    /// <summary>Takes hold of a process that a file with its pid tells of. A pid may be another process's by now: ours has some words in its command line.</summary>
    /// <param name="pidFile">The file.</param>
    /// <param name="words">What its command line has somewhere.</param>
    /// <returns>Null if there is no such file or no pid in it, if the process is gone, or if another one has its pid.</returns>
    public HostProcess? Find(string pidFile, string words)
    {
        if (!File.Exists(pidFile) || !int.TryParse(File.ReadAllText(pidFile), NumberStyles.Integer, CultureInfo.InvariantCulture, out int pid) || Find(pid) is not { } found)
            return null;
        try
        {
            if (File.ReadAllText($"/proc/{pid}/cmdline").Contains(words, StringComparison.Ordinal))
                return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it has ended meanwhile
        }
        found.Dispose();
        return null;
    }

    /// <summary>Ends the thread; processes go on.</summary>
    public void Dispose()
    {
        if (ending)
            return;
        ending = true;
        Wake();
        thread.Join();
        epoll.Dispose();
        wake.Dispose();
    }

    internal void Watch(int fd, Action ready)
    {
        watched[fd] = ready;
        Control(LibC.EPOLL_CTL_ADD, fd);
    }

    internal void Forget(int fd)
    {
        if (watched.TryRemove(fd, out _) && !epoll.IsClosed)
            Control(LibC.EPOLL_CTL_DEL, fd);
    }

    // The parent of a program that dies with its parent is a thread, for the kernel: it must be one that stays.
    Task<T> OnThreadAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        orders.Enqueue(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        });
        Wake();
        return done.Task;
    }

    unsafe void Run()
    {
        const int room = 32;
        byte* events = stackalloc byte[room * EventSize];
        while (!ending)
        {
            int found = LibC.epoll_wait((int)epoll.DangerousGetHandle(), events, room, -1);
            for (int i = 0; i < found; i++)
            {
                int fd = *(int*)(events + i * EventSize + DataAt);
                if (fd == (int)wake.DangerousGetHandle())
                    RunOrders();
                else if (watched.TryRemove(fd, out Action? ready))
                {
                    Control(LibC.EPOLL_CTL_DEL, fd);
                    ready();
                }
            }
        }
    }

    unsafe void RunOrders()
    {
        ulong count;
        _ = LibC.read((int)wake.DangerousGetHandle(), (byte*)&count, 8);
        while (orders.TryDequeue(out Action? order))
            order();
    }

    unsafe void Wake()
    {
        ulong one = 1;
        _ = LibC.write((int)wake.DangerousGetHandle(), (byte*)&one, 8);
    }

    unsafe void Control(int operation, int fd)
    {
        byte* change = stackalloc byte[16];
        *(int*)change = LibC.EPOLLIN;
        *(long*)(change + DataAt) = fd;
        if (LibC.epoll_ctl((int)epoll.DangerousGetHandle(), operation, fd, change) < 0 && operation == LibC.EPOLL_CTL_ADD)
            throw HostErrors.Failed(LibC.Errno, "cannot watch a descriptor");
    }
}

using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Processes;

/// <summary>A process that may have to be ended, and no other that gets its number later.</summary>
public sealed unsafe class GuardedProcess : IDisposable
{
    const int Politely = 1600, AtAll = 1400;
    readonly SafeFileHandle process;

    GuardedProcess(SafeFileHandle process) => this.process = process;

    /// <summary>The process with this number; null: it is gone.</summary>
    public static GuardedProcess? Of(int pid)
    {
        int fd = LibC.pidfd_open(pid, 0);
        return fd < 0 ? null : new GuardedProcess(new SafeFileHandle(fd, ownsHandle: true));
    }

    /// <summary>Asks it to end, and kills it if it does not. What is gone already has ended.</summary>
    /// <returns>False: it is still there.</returns>
    public bool End() => Ended(0)
        || Signal(LibC.SIGTERM) && Ended(Politely)
        || Signal(LibC.SIGKILL) && Ended(AtAll);

    bool Signal(int number) => LibC.pidfd_send_signal(process, number, 0, 0) == 0 || LibC.Errno == LibC.ESRCH;

    bool Ended(int milliseconds)
    {
        LibC.PollFd wait = new() { Fd = (int)process.DangerousGetHandle(), Events = LibC.EPOLLIN };
        int found;
        do
            found = LibC.poll(&wait, 1, milliseconds);
        while (found < 0 && LibC.Errno == LibC.EINTR);
        return found > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();
}

using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Processes;

/// <summary>
/// A process held by its pidfd: never mistaken for a later one of the same pid, whether it is our child or was one of a daemon
/// before us. Letting go of it does not end it.
/// </summary>
public sealed class HostProcess : IDisposable
{
    readonly TaskCompletionSource<ExitStatus> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ProcessHost host;
    readonly SafeFileHandle pidfd;

    internal HostProcess(ProcessHost host, int pid, SafeFileHandle pidfd)
    {
        this.host = host;
        this.pidfd = pidfd;
        Pid = pid;
        StartTime = ProcStat.Read(pid)?.StartTime ?? 0;
        host.Watch((int)pidfd.DangerousGetHandle(), Ended);
    }

    /// <summary>Its pid.</summary>
    public int Pid { get; }

    /// <summary>When it started, in ticks since boot; 0 if it was gone too soon to see.</summary>
    public ulong StartTime { get; }

    /// <summary>Completes when it ended.</summary>
    public Task<ExitStatus> Exited => exited.Task;

    /// <summary>Sends it a signal.</summary>
    /// <returns>False if it is gone.</returns>
    public bool Signal(int signal)
    {
        if (exited.Task.IsCompleted)
            return false;
        if (LibC.pidfd_send_signal(pidfd, signal, 0, 0) == 0)
            return true;
        return LibC.Errno == LibC.ESRCH ? false : throw HostErrors.Failed(LibC.Errno, $"cannot send signal {signal} to process {Pid}");
    }

    /// <summary>Limits how much of its memory it may keep from being swapped out, while it runs.</summary>
    /// <param name="bytes">The limit; <see cref="ResourceLimit.Unlimited"/>: none.</param>
    /// <exception cref="Core.Errors.VireoException">VIR_ERR_SYSTEM_ERROR: the kernel refuses.</exception>
    public void LimitLockedMemory(ulong bytes)
    {
        if (!exited.Task.IsCompleted && ProcessLimits.Set(Pid, new ResourceLimit(Resource.LockedMemory, bytes, bytes)) is not 0 and var errno)
            throw HostErrors.Failed(errno, $"cannot limit locked memory of process {Pid} to {bytes}");
    }

    /// <summary>Asks it to end, and kills it when it has not ended after a while.</summary>
    /// <param name="patience">How long it may take after SIGTERM; zero: it is killed at once.</param>
    /// <param name="time">Time.</param>
    /// <param name="cancel">Stops the wait, not what was sent.</param>
    public async Task<ExitStatus> EndAsync(TimeSpan patience, TimeProvider time, CancellationToken cancel = default)
    {
        if (patience > TimeSpan.Zero && Signal(LibC.SIGTERM))
        {
            try
            {
                return await Exited.WaitAsync(patience, time, cancel).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // the harder way
            }
        }
        Signal(LibC.SIGKILL);
        return await Exited.WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Lets go of it; it goes on, and <see cref="Exited"/> no longer completes.</summary>
    public void Dispose()
    {
        host.Forget((int)pidfd.DangerousGetHandle());
        pidfd.Dispose();
    }

    unsafe void Ended()
    {
        byte* info = stackalloc byte[128];
        *(int*)info = 0;
        int result;
        do
            result = LibC.waitid(LibC.P_PIDFD, (int)pidfd.DangerousGetHandle(), info, LibC.WEXITED | LibC.WNOHANG);
        while (result < 0 && LibC.Errno == LibC.EINTR);
        int code = *(int*)(info + 8), status = *(int*)(info + 24);
        exited.TrySetResult(result < 0 || *(int*)info == 0 ? ExitStatus.Unknown
            : code == 1 ? new ExitStatus(status, null) : new ExitStatus(null, status));
    }
}

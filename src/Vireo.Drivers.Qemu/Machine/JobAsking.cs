using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>Questions to QEMU by whoever may change its machine.</summary>
static class JobAsking
{
    /// <summary>Asks QEMU; who destroys the machine ends the wait, and a death while asking is said as libvirt says it.</summary>
    internal static async ValueTask<T> AskAsync<T>(this QemuJob job, IQmpCommand<T> command, CancellationToken cancel)
    {
        LiveQemu live = job.RequireLive();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
        try
        {
            return await live.Monitor.RunAsync(command, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new VireoException(ErrorCode.OperationAborted, ErrorDomain.Qemu, "domain is being destroyed");
        }
    }
}

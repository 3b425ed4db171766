using Vireo.Driver;
using Vireo.Drivers.Qemu.Start;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Drivers.Qemu.Machine;

sealed partial class QemuKeeper
{
    /// <summary>Ends a guest as if its plug were pulled. Graceful: only if it goes by itself on SIGTERM.</summary>
    internal async ValueTask DestroyAsync(QemuMachine machine, JobCaller caller, bool graceful, CancellationToken cancel)
    {
        bool starts = Starting.ContainsKey(machine);
        if (!machine.Snapshot.IsActive && !starts) throw Vireo.Hypervisor.Machines.MachineErrors.NotRunning();
        await using var job = await machine.EnterAsync(Job.Destroy, caller, cancel).ConfigureAwait(false);
        if (starts && !machine.Snapshot.IsActive)
            return;     // the start was given up
        var live = job.RequireLive();
        live.Ending = true;
        live.Process.Signal(Signals.Terminate);
        try
        {
            await live.Process.Exited.WaitAsync(_options.EndPatience, Time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException) when (graceful)
        {
            live.Ending = false;
            _ = WatchAsync(machine, live);
            throw QemuErrors.NotTerminated(live.Process.Pid);
        }
        catch (TimeoutException)
        {
            live.Process.Signal(Signals.Kill);
            await live.Process.Exited.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            live.Ending = false;
            _ = WatchAsync(machine, live);
            throw;
        }
        // What QEMU said last is told before its end is.
        await live.Monitor.Ended.ConfigureAwait(false);
        await StopFlow.RunAsync(this, machine, live, DomainShutoffReason.Destroyed, told: null).ConfigureAwait(false);
    }
}

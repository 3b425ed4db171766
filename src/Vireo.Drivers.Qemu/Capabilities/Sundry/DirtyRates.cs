using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>How fast guests write their memory.</summary>
sealed class DirtyRates(QemuConnection connection) : IDomainDirtyRate
{
    const int Least = 1, Most = 60;
    const DomainDirtyRateFlags Known = DomainDirtyRateFlags.PageSampling | DomainDirtyRateFlags.DirtyBitmap | DomainDirtyRateFlags.DirtyRing;

    public async ValueTask MeasureDirtyRateAsync(DomainRef domain, int seconds, DomainDirtyRateFlags flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainStartDirtyRateCalc");
        if (seconds is < Least or > Most)
            throw QemuErrors.Unsupported($"seconds={seconds} is invalid, please choose value within [{Least}, {Most}].");
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As("DomainStartDirtyRateCalc"), cancel).ConfigureAwait(false);
        if (!job.Snapshot.IsActive)
            throw MachineErrors.NotRunning();
        LiveQemu live = job.RequireLive();
        if (!live.Facts.Has("calc-dirty-rate"))
            throw Unsupported("QEMU does not support calculating dirty page rate");
        if (flags.HasFlag(DomainDirtyRateFlags.DirtyRing) && job.Snapshot.Live?.Features?.Kvm?.DirtyRing?.State is not true)
            throw Unsupported("dirty-ring calculation mode requires dirty-ring feature enabled.");
        string? mode = flags.HasFlag(DomainDirtyRateFlags.DirtyRing) ? "dirty-ring" : flags.HasFlag(DomainDirtyRateFlags.DirtyBitmap) ? "dirty-bitmap"
            : flags.HasFlag(DomainDirtyRateFlags.PageSampling) ? "page-sampling" : null;
        // Without KVM QEMU would try to read what only KVM keeps, and end.
        if (mode is not (null or "page-sampling") && job.Snapshot.Live?.Type is not DomainType.Kvm)
            throw Unsupported($"{mode} calculation mode requires KVM");
        await job.AskAsync(new CalcDirtyRate(seconds, mode), cancel).ConfigureAwait(false);
        live.LastDirtyRate = null;
    }

    static VireoException Unsupported(string text) => new(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, text);
}

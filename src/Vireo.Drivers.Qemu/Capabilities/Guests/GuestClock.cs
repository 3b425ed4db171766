using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Clocks of guests, by their agents.</summary>
sealed class GuestClock(QemuConnection connection) : AgentWork(connection), IDomainTime
{
    const ulong Second = 1_000_000_000;

    public async ValueTask<GuestTime> GetTimeAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags("qemuDomainGetTime", flags);
        ulong now = await AskAsync(domain, new GuestGetTime(), cancel).ConfigureAwait(false);
        return new GuestTime((long)(now / Second), (uint)(now % Second));
    }

    public async ValueTask SetTimeAsync(DomainRef domain, long seconds, uint nanoseconds, DomainSetTimeFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainSetTimeFlags.Sync, "qemuDomainSetTime");
        var machine = Connection.Get(domain);
        await AskAsync(machine, new GuestSetTime(flags.HasFlag(DomainSetTimeFlags.Sync) ? null : Nanoseconds(seconds, nanoseconds)), cancel).ConfigureAwait(false);
        // Ticks that the guest missed while its clock stood still are not made up for any more.
        if (machine.Live is { } live && live.Facts.Has("rtc-reset-reinjection"))
        {
            await using var job = await machine.EnterAsync(Job.Modify, Connection.As("DomainSetTime"), cancel).ConfigureAwait(false);
            await job.AskAsync(new RtcResetReinjection(), cancel).ConfigureAwait(false);
        }
    }

    // QEMU's agent counts in signed nanoseconds.
    static ulong Nanoseconds(long seconds, uint nanoseconds) => seconds >= 0 && seconds <= long.MaxValue / (long)Second - 1 ? (ulong)seconds * Second + nanoseconds
        : throw new VireoException(ErrorCode.Overflow, ErrorDomain.Qemu, $"Time '{seconds}' is too big for guest agent");
}

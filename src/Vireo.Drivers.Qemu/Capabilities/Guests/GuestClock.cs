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
    const string Reset = "rtc-reset-reinjection";

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
        bool resets = machine.Live?.Facts.Has(Reset) is true;
        // Of a guest that is off nobody knows what its next emulator can do.
        if (!resets && machine.Snapshot.Def?.Os.Arch is "x86_64" or "i686")
            throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, $"cannot set time: qemu doesn't support {Reset} command");
        await AgentLine.UseAsync(machine, Connection.Keeper.Time, (agent, patience) =>
            agent.RunAsync(new GuestSetTime(flags.HasFlag(DomainSetTimeFlags.Sync) ? null : Nanoseconds(seconds, nanoseconds)), patience, cancel), cancel).ConfigureAwait(false);
        // Ticks that the guest missed while its clock stood still are not made up for any more.
        if (resets)
        {
            await using var job = await machine.EnterAsync(Job.Modify, Connection.As("DomainSetTime"), cancel).ConfigureAwait(false);
            await job.AskAsync(new RtcResetReinjection(), cancel).ConfigureAwait(false);
        }
    }

    // QEMU's agent counts in signed nanoseconds.
    static ulong Nanoseconds(long seconds, uint nanoseconds) => seconds >= 0 && seconds <= long.MaxValue / (long)Second - 1 ? (ulong)seconds * Second + nanoseconds
        : throw new VireoException(ErrorCode.Overflow, ErrorDomain.Qemu, $"Time '{seconds}' is too big for guest agent");
}

using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Status;

/// <summary>The status of a run, made of what the driver knows.</summary>
static class RunStatus
{
    /// <summary>Before its emulator is there, or as soon as there is a process: enough to take away what a crash leaves.</summary>
    internal static DomainStatus Early(RunPlaces places, DomainDef live, int pid, ulong startTime, bool ownDev)
    {
        DomainStateReason condition = Hypervisor.Machines.Condition.Paused(DomainPausedReason.StartingUp);
        return StatusUpgrade.Apply(new DomainStatus
        {
            State = condition.StateWord(),
            Reason = condition.ReasonWord(),
            Pid = pid,
            Monitor = new StatusMonitor { Path = places.MonitorSocket, Type = StatusMonitorType.Unix },
            LibDir = places.Folder,
            ChannelTargetDir = places.ChannelFolder,
            MountNamespace = ownDev,
            StartTime = startTime == 0 ? null : startTime,
            Domain = DiskNotes.ForStatus(NetworkCards.ForStatus(live)),
        });
    }

    /// <summary>Of what runs. What a daemon before this one noted and this one does not change is kept.</summary>
    internal static DomainStatus Of(MachineSnapshot now, LiveQemu live, DomainDef def) =>
        StatusUpgrade.Apply((live.Inherited ?? Early(live.Places, def, now.Pid, 0, live.HasOwnDev)) with
        {
            State = now.Condition.StateWord(),
            Reason = now.Condition.ReasonWord(),
            Pid = now.Pid,
            Monitor = new StatusMonitor { Path = live.Places.MonitorSocket, Type = StatusMonitorType.Unix },
            Taints = [.. live.Notes.Taints.Select(static word => new StatusTaint { Flag = word })],
            Deprecations = [.. live.Notes.Deprecations.Select(static text => new StatusDeprecation { Message = text })],
            Vcpus = live.Vcpus,
            EmulatorFlags = [.. live.Facts.Flags.Order(StringComparer.Ordinal).Select(static name => new StatusFlag { Name = name })],
            FakeReboot = live.FakeReboot,
            Job = live.Migration?.ToStatus() ?? live.Backup?.ToStatus() ?? (live.Unanswered is not null ? Migrate.MigrationRecovery.Unanswered : null),
            Backup = live.Backup?.Def,
            Devices = live.Unlisted is not { } unlisted ? live.Inherited?.Devices ?? []
                : [.. def.Devices.Select(static d => d.Alias).OfType<string>().Where(a => a.Length > 0 && !unlisted.Contains(a)).Distinct(StringComparer.Ordinal)
                    .Select(static alias => new StatusDevice { Alias = alias })],
            PreMigrationMemlock = live.Migration?.LockedBefore,
            LibDir = live.Places.Folder,
            ChannelTargetDir = live.Places.ChannelFolder,
            ReservationsHelper = Start.Helpers.ReservationsHelper.IsWanted(def),
            AgentTimeout = live.Agent.Timeout,
            Cpu = live.CpuBefore,
            RememberOwner = live.RemembersOwners,
            StartTime = live.Process.StartTime,
            NodeNameIndex = live.HighestImage(def),
            BlockJobs = live.BlockJobs.ToStatus(),
            Domain = DiskNotes.ForStatus(NetworkCards.ForStatus(live.Pending is { } pending ? Hotplug.Live.AttachFlow.With(def, pending) : def)),
        });
}

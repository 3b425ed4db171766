using Vireo.Core;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Save;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Notes;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Drivers.Qemu.Start.Leases;
using Vireo.Host;
using Vireo.Host.Cgroups;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Audit;
using Vireo.Model.Domain;
using PassedDescriptor = Vireo.Host.Processes.PassedDescriptor;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>How a guest is started.</summary>
/// <param name="Paused">Its processors stay stopped.</param>
/// <param name="DiesWith">The connection that takes it along; null: it stays.</param>
sealed record StartWishes(bool Paused = false, object? DiesWith = null)
{
    /// <summary>The state that it goes on from; null: it boots.</summary>
    internal IncomingState? Incoming { get; init; }

    /// <summary>What is done when all is there, in the place of letting it run and telling so.</summary>
    internal Func<StartRun, CancellationToken, ValueTask>? Begin { get; init; }
}

/// <summary>What the steps of one start share.</summary>
sealed class StartRun(QemuKeeper keeper, QemuMachine machine, DomainDef definition, QemuFacts facts, StartWishes wishes)
{
    DomainDef? _wanted;

    internal QemuKeeper Keeper => keeper;
    internal QemuMachine Machine => machine;
    internal DomainDef Definition => definition;

    /// <summary>The definition with what networks gave for this run.</summary>
    internal DomainDef Wanted { get => _wanted ?? definition; set => _wanted = value; }
    internal QemuFacts Facts => facts;
    internal StartWishes Wishes => wishes;

    /// <summary>Its audit records.</summary>
    internal GuestAudit Audit { get; } = keeper.AuditOf(definition.Type, machine);
    internal MasterKey Key { get; } = MasterKey.Make();
    internal GuestSecrets? Secrets { get; set; }
    internal int Id { get; set; } = -1;
    internal DomainDef Live { get; set; } = null!;
    internal RunPlaces Places { get; set; } = new("", "");
    internal QemuCommandLine Line { get; set; } = null!;
    internal GuestLog? Log { get; set; }
    internal RunNotes Notes { get; set; } = RunNotes.None;
    internal IReadOnlyList<Monitor.Commands.CpuThread> Cpus { get; set; } = [];
    internal List<int> Ports { get; } = [];
    internal List<PassedDescriptor> Passed { get; } = [];
    /// <summary>The number under which QEMU finds the state that it takes over.</summary>
    internal int StateNumber { get; set; }
    /// <summary>What it has to hold while it runs.</summary>
    internal IReadOnlyList<WantedLease> Leases { get; set; } = [];
    internal HostProcess? Process { get; set; }
    internal QmpMonitor? Monitor { get; set; }
    internal EventReader? Events { get; set; }
    internal LiveQemu? Qemu { get; set; }
    internal MachineCgroup? Cgroup { get; set; }
    /// <summary>Programs beside the guest that run before its groups are there.</summary>
    internal List<int> Helpers { get; } = [];
    /// <summary>QEMU's ends of the connections with programs that draw, by the cards' aliases.</summary>
    internal Dictionary<string, Microsoft.Win32.SafeHandles.SafeFileHandle> Gpus { get; } = [];
    /// <summary>The nodes that the host advises for it; null: it does not ask.</summary>
    internal CpuSet? Advice { get; set; }

    /// <summary>The running definition as its threads are placed by it.</summary>
    internal DomainDef Placed => AutoPlacement.Placed(Live, Advice);

    /// <summary>The threads on their way into their groups.</summary>
    internal Task? Placing { get; set; }

    internal QmpMonitor Talk => Monitor ?? throw new InvalidOperationException("no monitor yet");

    /// <summary>Who has passed a descriptor on needs it no more.</summary>
    internal void ClosePassed(int? number = null)
    {
        foreach (var one in Passed.Where(p => number is null || p.Number == number)) one.Handle.Dispose();
        Passed.RemoveAll(p => number is null || p.Number == number);
    }

    /// <summary>Where a run of this id keeps its things.</summary>
    internal static RunPlaces PlacesOf(DriverPaths paths, int id, string name) => new(paths.RunFolder(id, name), paths.ChannelFolder(id, name));
}

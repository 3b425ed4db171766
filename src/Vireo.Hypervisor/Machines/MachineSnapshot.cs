using Vireo.Core;
using Vireo.Driver;
using Vireo.Hypervisor.Jobs;
using Vireo.Model.Domain;

namespace Vireo.Hypervisor.Machines;

/// <summary>
/// All that is known about a machine at one instant. Never changed: a reader keeps what it got, and needs no lock.
/// </summary>
public sealed record MachineSnapshot
{
    // A DomainDef, or a PendingDefinition that makes one.
    readonly object? persistent;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>What it is known by.</summary>
    public required Uuid Uuid { get; init; }
    /// <summary>The number of this run; -1 while off.</summary>
    public int Id { get; init; } = -1;
    /// <summary>What it does, and why.</summary>
    public DomainStateReason Condition { get; init; } = Machines.Condition.ShutOff(DomainShutoffReason.Unknown);
    /// <summary>What runs; null while off.</summary>
    public DomainDef? Live { get; init; }
    /// <summary>What the next start takes; null for a transient machine.</summary>
    public DomainDef? Persistent
    {
        get => persistent is PendingDefinition pending ? pending.Value : (DomainDef?)persistent;
        init => persistent = value;
    }
    /// <summary>The same, where it is not completed yet.</summary>
    public PendingDefinition Pending { init => persistent = value; }
    /// <summary>Starts with the host.</summary>
    public bool Autostart { get; init; }
    /// <summary>There is a managed save image.</summary>
    public bool HasManagedSave { get; init; }
    /// <summary>A persistent definition was changed since the start.</summary>
    public bool IsUpdated { get; init; }
    /// <summary>The process; 0 while off.</summary>
    public int Pid { get; init; }
    /// <summary>Memory that the guest has now, in KiB; 0 while unknown.</summary>
    public ulong BalloonKiB { get; init; }
    /// <summary>The job that holds it.</summary>
    public JobHolder? Job { get; init; }
    /// <summary>The long job under way.</summary>
    public JobHolder? LongJob { get; init; }
    /// <summary>How many changes wait.</summary>
    public int Waiting { get; init; }
    /// <summary>Who waits, in the order of their turns.</summary>
    public IReadOnlyList<JobWaiter> Waiters { get; init; } = [];

    /// <summary>All that hold it, then all that wait.</summary>
    /// <param name="now">Now.</param>
    public MachineJobNote[] NoteJobs(DateTimeOffset now)
    {
        IEnumerable<MachineJobNote> holders = new[] { LongJob, Job }.OfType<JobHolder>()
            .Select(job => new MachineJobNote(true, job.Word, job.Caller.Api, job.Caller.Who, Milliseconds(now - job.Since)));
        return [.. holders, .. Waiters.Select(job => new MachineJobNote(false, job.Word, job.Caller.Api, job.Caller.Who, Milliseconds(now - job.Since)))];
    }

    static ulong Milliseconds(TimeSpan span) => (ulong)Math.Max(0, (long)span.TotalMilliseconds);

    /// <summary>What the driver wants its readers to see; never changed either.</summary>
    public object? Extra { get; init; }

    /// <summary>How it is named on its way.</summary>
    public DomainRef Ref => new(Name, Uuid, Id);
    /// <summary>What it does.</summary>
    public DomainState State => Condition.State;
    /// <summary>It has a process.</summary>
    public bool IsActive => Id >= 0;
    /// <summary>It stays when it is off.</summary>
    public bool IsPersistent => persistent is not null;
    /// <summary>What is shown: what runs, or what would.</summary>
    public DomainDef? Def => Live ?? Persistent;
}

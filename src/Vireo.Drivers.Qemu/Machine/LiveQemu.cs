using Vireo.Core;
using Vireo.Cpu.X86;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Status;
using Vireo.Drivers.Qemu.Notes;
using Vireo.Host.Cgroups;
using Vireo.Host.Processes;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>A QEMU that runs: its process, its monitor, and what only this run has.</summary>
sealed class LiveQemu(HostProcess process, QmpMonitor monitor, QemuFacts facts, RunPlaces places)
{
    readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The process.</summary>
    public HostProcess Process => process;

    /// <summary>The conversation with it.</summary>
    public QmpMonitor Monitor => monitor;

    /// <summary>What this binary can do.</summary>
    public QemuFacts Facts => facts;

    /// <summary>Its folders and sockets.</summary>
    public RunPlaces Places => places;

    /// <summary>Somebody ends it on purpose: its end is theirs to tell.</summary>
    public volatile bool Ending;

    /// <summary>QEMU said that it shuts down.</summary>
    public volatile bool SawShutdown;

    /// <summary>The guest panicked and shall not go on.</summary>
    public volatile bool Panicked;

    /// <summary>The next power-off is a reboot.</summary>
    public volatile bool FakeReboot;

    /// <summary>Why the processors are about to stop; unknown when the guest or QEMU does it.</summary>
    public DomainPausedReason PausingFor { get; set; }

    /// <summary>Why the processors are about to run.</summary>
    public DomainRunningReason RunningFor { get; set; } = DomainRunningReason.Unpaused;

    /// <summary>What is to say of this run.</summary>
    public RunNotes Notes { get; set; } = RunNotes.None;

    /// <summary>The connection that takes this guest along when it closes.</summary>
    public object? DiesWith { get; set; }

    /// <summary>Threads of the virtual CPUs.</summary>
    public ValueList<StatusVcpu> Vcpus { get; set; }

    /// <summary>The processor as the definition had it before QEMU was asked.</summary>
    public CpuDef? CpuBefore { get; set; }

    /// <summary>What it sees of its processor, in words of no map; null: nobody noted it.</summary>
    public GuestContract? Contract { get; set; }

    /// <summary>The status that a daemon before this one left; null: this one started it.</summary>
    public DomainStatus? Inherited { get; init; }

    /// <summary>
    /// Names of its devices that QEMU has by no name, as those of every machine of the kind; null: it was not asked yet. Who takes the guest over takes a device for
    /// unplugged that the status names and QEMU does not.
    /// </summary>
    internal IReadOnlySet<string>? Unlisted { get; private set; }

    /// <summary>Notes which devices QEMU has by their names.</summary>
    internal void Note(IEnumerable<Monitor.Commands.QomProperty> listed, DomainDef def) =>
        Unlisted = def.Devices.Select(static d => d.Alias).OfType<string>().Except(listed.Select(static p => p.Name)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Its control groups.</summary>
    public MachineCgroup? Cgroup { get; set; }

    /// <summary>What undoes the host's preparations for its devices.</summary>
    public IReadOnlyList<Func<ValueTask>> Releases { get; set; } = [];

    /// <summary>The definition that it was started from; null: a daemon before this one started it.</summary>
    public DomainDef? Written { get; init; }

    /// <summary>Who waits for the guest to let a device go.</summary>
    internal Hotplug.Live.UnplugWaits Unplugs { get; } = new();

    /// <summary>Counters of the kernel that are on for it.</summary>
    internal Tuning.Perf.GuestCounters Counters { get; } = new();

    /// <summary>The way to the agent in it.</summary>
    internal Agent.AgentLine Agent { get; } = new();

    /// <summary>Labels sockets that the guest gets; null: nothing does.</summary>
    internal UnixSockets.Labelling? SocketLabels { get; init; }

    /// <summary>The highest number that an image has had; 0: nobody has asked for one yet.</summary>
    internal uint LastImage { get; set; }

    /// <summary>The highest number of an image so far: what comes, by us or by a daemon after us, has higher ones.</summary>
    internal uint HighestImage(DomainDef def)
    {
        uint known = Math.Max(LastImage, (uint)Math.Min(uint.MaxValue - 1, Inherited?.NodeNameIndex ?? 0));
        return Math.Max(known, ImageIndexes.HighestOf(def));
    }

    /// <summary>What QEMU is doing with images.</summary>
    internal Blocks.Jobs.BlockJobTable BlockJobs { get; } = new();

    /// <summary>A device that is being plugged: in the status, but not yet in what clients see.</summary>
    internal Model.Domain.Devices.Device? Pending { get; set; }

    /// <summary>Owners of its files are kept, to be put back.</summary>
    public bool RemembersOwners { get; init; }

    /// <summary>It has a /dev of its own.</summary>
    public bool HasOwnDev { get; init; }

    /// <summary>The daemon lets go of it and the guest goes on.</summary>
    public volatile bool Abandoned;

    /// <summary>
    /// Asks for a number that a reader would like to have but can do without: default when QEMU refuses or does not answer soon.
    /// </summary>
    internal async ValueTask<T?> AskAsync<T>(IQmpCommand<T> command, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromMilliseconds(500));
        try
        {
            return await monitor.RunAsync(command, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is QmpRefusal or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return default;
        }
    }

    /// <summary>The migration that it takes part in; null: none.</summary>
    internal Migrate.MigrationJob? Migration { get; set; }

    /// <summary>The connection of whoever led it here from another host and may not know yet that it runs; null: they know, or it did not come.</summary>
    internal volatile object? Unanswered;

    /// <summary>The backup of its disks; null: none.</summary>
    internal Backups.BackupRun? Backup { get; set; }

    /// <summary>Which of its disks, by their targets, are another host's by now, so that their owners stay; null: none.</summary>
    internal Func<string, bool>? LeavesDisk { get; set; }

    /// <summary>Which statistics its accelerator keeps, once somebody asked.</summary>
    internal IReadOnlyList<Monitor.Commands.StatisticKind>? StatisticKinds { get; set; }

    internal IReadOnlyList<MemoryStatistic> LastMemory { get; set; } = [];
    internal IReadOnlyList<Monitor.Commands.BlockCounters> LastBlocks { get; set; } = [];

    /// <summary>How its iothreads poll; null: nobody asked since somebody changed it.</summary>
    internal IReadOnlyList<Monitor.Commands.IoThread>? LastIoThreads { get; set; }

    /// <summary>The last measurement of what the guest writes; null: nobody asked since one began.</summary>
    internal Monitor.Commands.DirtyRate? LastDirtyRate { get; set; }

    /// <summary>How large images are for the guest, by node: that changes only when somebody resizes them.</summary>
    internal System.Collections.Concurrent.ConcurrentDictionary<string, long> Sizes { get; } = new(StringComparer.Ordinal);

    internal Lock StatusGate { get; } = new();
    internal bool StatusClosed { get; set; }
    internal int StatusQueued;

    /// <summary>Completes when everything of this run has been taken away.</summary>
    public Task Gone => _gone.Task;

    internal void SetGone() => _gone.TrySetResult();
}

/// <summary>Where one run of a guest keeps its things.</summary>
/// <param name="Folder">Its private folder.</param>
/// <param name="ChannelFolder">The folder of its channels' sockets.</param>
sealed record RunPlaces(string Folder, string ChannelFolder)
{
    /// <summary>The monitor's socket.</summary>
    public string MonitorSocket => Path.Join(Folder, "monitor.sock");

    /// <summary>The key that QEMU decrypts secrets with.</summary>
    public string MasterKey => Path.Join(Folder, "master-key.aes");
}

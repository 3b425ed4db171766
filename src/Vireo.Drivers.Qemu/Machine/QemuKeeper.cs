using System.Collections.Concurrent;
using System.Collections.Frozen;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Cpu.Map;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Capabilities;
using Vireo.Drivers.Qemu.Checkpoints;
using Vireo.Drivers.Qemu.Console;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Snapshots;
using Vireo.Drivers.Qemu.Start;
using Vireo.Drivers.Qemu.Status;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Host;
using Vireo.Host.Cgroups;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Audit;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Images;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Hypervisor.Stores;
using Vireo.Hypervisor.Switches;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>What all guests of this driver share: their list, their files, how they start and end.</summary>
sealed partial class QemuKeeper
{
    readonly QemuDriverOptions _options;
    readonly Lazy<IReadOnlyList<CgroupHierarchy>> _hierarchies;
    readonly Lazy<CapabilitySet> _parts;

    internal QemuKeeper(QemuDriverOptions options)
    {
        _options = options;
        _hierarchies = new(() => options.Paths.Privileged ? CgroupMounts.Detect(FileSystemRoot.Host, options.Config.CgroupControllers) : []);
        Log = new KeeperLog(options.Log);
        Looks = new FileLooks(options.Time);
        HostSettings.Check(options.Config);
        foreach (string key in options.Config.Written)
            if (QemuConfigKeys.Find(key) is { Fate: KeyFate.Missing } missing) Log.SettingMissing(key, missing.Text);
        foreach (string key in options.Config.Unknown) Log.SettingUnknown(key);
        Paths = options.Paths.Driver("qemu");
        Planning = options.Planning ?? new GuestPlanning(options.CpuMap, facts => HostSettings.ContextOf(options.Config, Paths, facts) with { SecurityModel = Security!.Models[0].Model });
        Security = QemuSecurity.Create(options.Config, options.Paths, options.Time, options.Processes, warn: Log.Security);
        Ports = new ScreenPorts(options.Config);
        TapNames = new TapNames(options.Paths.Privileged);
        Switch = new OpenVSwitch(options.Processes, options.SwitchTimeout, Log.Switch);
        if (Security.FellBack) Log.NoGuestUser();
        Machines = new QemuMachines(new MachineOptions
        {
            Domain = ErrorDomain.Qemu,
            JobPatience = options.JobPatience,
            MaxQueued = options.Config.MaxQueued,
            Time = options.Time,
            Events = Events,
            ActiveCountChanged = options.ActiveGuestsChanged,
            LetterFailed = (name, fault) => Log.LetterFailed(name, fault),
        });
        Definitions = DefinitionStore.Of(Paths, static xml => DomainDef.Parse(xml));
        Loading = new DefinitionLoad(this);
        Statuses = new StatusStore(Paths);
        Snapshots = new SnapshotStore(Paths, Log.FileProblem);
        Checkpoints = new CheckpointStore(Paths, Log.FileProblem);
        NewCheckpoints = new MachineNotes(Path.Join(Paths.DataDir, "new-checkpoints"));
        Freezer = new AgentFreezer(new MachineNotes(Path.Join(Paths.DataDir, "frozen")), options.Time, Log.NotThawed);
        NewFiles = new NewFiles(Path.Join(Paths.DataDir, "new-files"));
        Contracts = new CpuContracts(Paths, options.CpuMap);
        Answers = new ProgramAnswers(options.Processes);
        Prober = new QemuProber(options.Processes, Paths.LibDir, KvmUsable);
        Binaries = new QemuBinaries(Paths.CacheDir, Prober.ProbeAsync, KvmUsable, () => ProbeHost.Read(new HostTree(), KvmUsable(), new KvmHost(options.KvmDevice), options.CpuMap));
        Node = new QemuNode(options, Binaries, Security, Log);
        _parts = new(() => QemuConnection.Shared(this));
        Flows = new FlowHost(options.FlowProbe, fault => Log.FlowFault(fault.Flow, fault.Step, fault.Cause));
    }

    internal ConcurrentDictionary<string, PtyStream> OpenConsoles { get; } = new(StringComparer.Ordinal);
    internal ScreenPorts Ports { get; }

    /// <summary>Machines whose starts are under way, which a destroy gives up.</summary>
    internal ConcurrentDictionary<QemuMachine, byte> Starting { get; } = new();

    /// <summary>Looks at guests' files.</summary>
    internal FileLooks Looks { get; }

    /// <summary>How long agents may take.</summary>
    internal AgentWishes AgentWishes { get; } = new();

    /// <summary>Files for disks that clients have opened.</summary>
    internal GivenFiles GivenFiles { get; } = new();
    internal QemuSecurity Security { get; }
    internal TapNames TapNames { get; }

    /// <summary>The host's Open vSwitch, if it has one.</summary>
    internal OpenVSwitch Switch { get; }
    internal QemuConfig Config => _options.Config;
    internal DriverPaths Paths { get; }
    internal EventHub<DomainEvent> Events { get; } = new();
    internal QemuMachines Machines { get; }
    internal ObjectStore<DomainDef> Definitions { get; }
    internal DefinitionLoad Loading { get; }
    internal StatusStore Statuses { get; }
    internal NewFiles NewFiles { get; }
    internal SnapshotStore Snapshots { get; }

    internal CheckpointStore Checkpoints { get; }

    /// <summary>The checkpoint of each machine that is being made.</summary>
    internal MachineNotes NewCheckpoints { get; }

    /// <summary>Who has guests stop writing.</summary>
    internal AgentFreezer Freezer { get; }
    internal CpuContracts Contracts { get; }
    internal QemuProber Prober { get; }
    internal QemuBinaries Binaries { get; }
    internal QemuNode Node { get; }

    /// <summary>Migrations from and to this host.</summary>
    internal MigrationTable Migrations { get; } = new();
    internal FlowHost Flows { get; }

    /// <summary>What all clients can do: made for the first of them, so that the others cost less.</summary>
    internal CapabilitySet Parts => _parts.Value;

    internal IGuestPlanning Planning { get; }
    internal CpuMap CpuMap => _options.CpuMap;
    internal ProcessHost Processes => _options.Processes;

    /// <summary>What helper programs say that they can do.</summary>
    internal ProgramAnswers Answers { get; }
    internal TimeProvider Time => _options.Time;
    internal KeeperLog Log { get; }
    internal HostPaths Host => _options.Paths;
    internal QemuDriverOptions Options => _options;

    /// <summary>The audit records of a guest.</summary>
    internal GuestAudit AuditOf(DomainType type, QemuMachine machine) => new(_options.Audit, type.ToXml(), machine.Name, machine.Uuid);

    bool KvmUsable()
    {
        try
        {
            using var kvm = File.OpenHandle(_options.KvmDevice, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Makes the control groups of a run, wherever this daemon may.</summary>
    /// <param name="place">Where.</param>
    /// <param name="leader">The process that systemd has put into the scope there.</param>
    internal MachineCgroup MakeCgroup(MachinePlace place, int leader = 0) => MachineCgroup.Create(_hierarchies.Value, place, FileSystemRoot.Host, leader);

    /// <summary>There are control groups for guests.</summary>
    internal bool HasCgroups => _hierarchies.Value.Count > 0;

    /// <summary>Finds the control groups of a run that a daemon before made.</summary>
    internal MachineCgroup FindCgroup(MachineSnapshot run)
    {
        string partition = run.Live?.Resource?.Partition ?? CgroupPartition.Default;
        if (MachineRegistry.IsPossible && MachineCgroup.Find(_hierarchies.Value, ScopePlace(run.Id, run.Name, partition), FileSystemRoot.Host) is { Folders.Count: > 0 } scope)
            return scope;
        return MachineCgroup.Find(_hierarchies.Value, OwnPlace(run.Id, run.Name, partition), FileSystemRoot.Host);
    }

    /// <summary>The name of a run in systemd's register.</summary>
    internal string RegisteredName(int id, string name) => MachineCgroup.MachineName("qemu", Host.RootHash, id, name);

    /// <summary>Where a run's groups are that systemd made.</summary>
    internal MachinePlace ScopePlace(int id, string name, string partition) => MachinePlace.InScope(partition, RegisteredName(id, name));

    /// <summary>Where they are otherwise.</summary>
    internal MachinePlace OwnPlace(int id, string name, string partition) =>
        MachinePlace.InPartition(partition, MachineCgroup.NameOf("qemu", Host.RootHash, id, name));

    /// <summary>Takes a run's groups away.</summary>
    internal async ValueTask RemoveCgroupAsync(MachineCgroup? cgroup)
    {
        if (cgroup is null)
            return;
        if (!await cgroup.RemoveAsync(Time).ConfigureAwait(false))
            Log.GroupsStay(string.Join(' ', cgroup.Folders), string.Join(' ', cgroup.Members()));
        if (cgroup.Place.Machine is { } registered)
            MachineRegistry.Terminate(registered);
    }

    /// <summary>The facts of the binary that a definition names, or of the one it gets.</summary>
    internal ValueTask<QemuFacts> FactsForAsync(DomainDef def, CancellationToken cancel)
    {
        string arch = def.Os.Arch is { Length: > 0 } written ? written : "x86_64";
        string binary = def.Devices.Emulator ?? QemuBinaries.DefaultFor(arch) ?? throw new VireoException(
            ErrorCode.ConfigUnsupported, ErrorDomain.Qemu, $"No emulator found for arch '{arch}'");
        return Config.CapabilityFilters.Count == 0 ? Binaries.GetAsync(binary, cancel) : FilteredAsync(binary, cancel);
    }

    async ValueTask<QemuFacts> FilteredAsync(string binary, CancellationToken cancel)
    {
        var facts = await Binaries.GetAsync(binary, cancel).ConfigureAwait(false);
        return facts with { Flags = facts.Flags.Except(Config.CapabilityFilters).ToFrozenSet(StringComparer.Ordinal) };
    }

    /// <summary>A document as this driver keeps it.</summary>
    internal async ValueTask<(DomainDef Def, QemuFacts Facts)> ReadAsync(string xml, CancellationToken cancel)
    {
        var written = DomainDef.Parse(xml);
        if (written.Uuid is null) written = written with { Uuid = Vireo.Core.Uuid.NewRandom() };
        var facts = await FactsForAsync(written, cancel).ConfigureAwait(false);
        if (written.Type is DomainType.Kvm && facts.Kvm is null)
            throw QemuErrors.Unsupported($"Emulator '{facts.Emulator}' does not support virt type 'kvm'");
        return (Planning.Complete(written, facts), facts);
    }

    /// <summary>Writes the status of what runs; after its end no more.</summary>
    internal void Save(QemuMachine machine)
    {
        if (machine.Live is not { } live) return;
        lock (live.StatusGate)
        {
            if (live.StatusClosed) return;
            var now = machine.Snapshot;
            if (now.Live is not { } def) return;
            Statuses.Save(now.Name, now.Uuid, RunStatus.Of(now, live, def).ToXml());
        }
    }

    /// <summary>Removes the status, for good: what is queued in the background is not written any more.</summary>
    internal void CloseStatus(QemuMachine machine) => CloseStatus(machine, machine.Live);

    /// <summary>The same for a run that the machine is not said to have any more.</summary>
    internal void CloseStatus(QemuMachine machine, LiveQemu? live)
    {
        if (live is null)
        {
            DeleteStatus(machine.Name);
            return;
        }
        lock (live.StatusGate)
        {
            live.StatusClosed = true;
            DeleteStatus(machine.Name);
        }
    }

    // The status last: while it is there, a daemon that comes after a crash looks after the rest.
    void DeleteStatus(string name)
    {
        Contracts.Delete(name);
        Statuses.Delete(name);
    }

    /// <summary>Writes the status in the background: who tells of an event does not wait for a disk.</summary>
    internal void SaveSoon(QemuMachine machine)
    {
        if (machine.Live is not { } live || Interlocked.Exchange(ref live.StatusQueued, 1) != 0) return;
        ThreadPool.UnsafeQueueUserWorkItem(static state =>
        {
            Volatile.Write(ref state.live.StatusQueued, 0);
            try
            {
                state.keeper.Save(state.machine);
            }
            catch (Exception e)
            {
                state.keeper.Log.StatusNotWritten(state.machine.Name, e);
            }
        }, (keeper: this, machine, live), preferLocal: false);
    }

    /// <summary>A guest that powered off and shall come back without a new process.</summary>
    internal async Task RebootInPlaceAsync(QemuMachine machine, LiveQemu live)
    {
        try
        {
            await using var job = await machine.EnterAsync(Job.Modify, "reboot", CancellationToken.None).ConfigureAwait(false);
            if (machine.Live != live || live.Ending) return;
            await live.Monitor.RunAsync(new SystemReset(), job.Interrupted).ConfigureAwait(false);
            live.RunningFor = machine.Snapshot.State == DomainState.Crashed ? DomainRunningReason.Crashed : DomainRunningReason.Unpaused;
            await live.Monitor.RunAsync(new Cont(), job.Interrupted).ConfigureAwait(false);
            live.FakeReboot = false;
            live.SawShutdown = false;
            SaveSoon(machine);
        }
        catch (Exception e)
        {
            Log.RebootFailed(machine.Name, e);
            live.Process.Signal(Signals.Terminate);
        }
    }

    /// <summary>Waits for the end of a guest, and takes it down if nobody else does.</summary>
    internal async Task WatchAsync(QemuMachine machine, LiveQemu live)
    {
        await Task.WhenAny(live.Process.Exited, live.Monitor.Ended).ConfigureAwait(false);
        if (live.Ending || live.Abandoned) return;
        try
        {
            await using var job = await machine.EnterAsync(Job.Destroy, "monitor", CancellationToken.None).ConfigureAwait(false);
            if (machine.Live != live || live.Abandoned) return;
            live.Ending = true;
            // A monitor that hung up while its process goes on is of no use to anybody.
            await live.Process.EndAsync(TimeSpan.FromSeconds(5), Time).ConfigureAwait(false);
            await live.Monitor.Ended.ConfigureAwait(false);
            var (why, detail) = live switch
            {
                { Panicked: true } => (DomainShutoffReason.Crashed, DomainEventStoppedDetail.Crashed),
                { SawShutdown: true } => (DomainShutoffReason.Shutdown, DomainEventStoppedDetail.Shutdown),
                _ => (DomainShutoffReason.Crashed, DomainEventStoppedDetail.Failed),
            };
            // Its id is still in this event: who listens knows it by that.
            var told = machine.Lifecycle(DomainEventType.Stopped, (int)detail);
            await StopFlow.RunAsync(this, machine, live, why, told).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.StopFailed(machine.Name, e);
        }
    }
}

using System.Collections.Frozen;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Backups;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Notes;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Save;
using Vireo.Drivers.Qemu.Status;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Finds again what a daemon before this one defined and started, and takes away what nobody needs any more.</summary>
static class Reconnect
{
    sealed record Found(QemuMachine Machine, DomainStatus Status);

    static DomainStatus Taken(DomainStatus status) => status with { Domain = DiskNotes.FromStatus(Network.NetworkCards.FromStatus(status.Domain)) };

    /// <summary>
    /// Lists the definitions, and by their statuses the guests that run, at once as they were. The result completes when all of these are
    /// taken over or taken down; a guest that does not answer is waited for, whatever it takes, until <paramref name="stopping"/>.
    /// </summary>
    internal static Task Begin(QemuKeeper keeper, IReadOnlyList<FoundDefinition> definitions, CancellationToken stopping)
    {
        var statuses = keeper.Statuses.LoadAll(static (name, text) => (Name: name, Status: Taken(DomainStatus.Parse(text))));
        foreach (var problem in statuses.Problems) keeper.Log.FileProblem(problem.Path, problem.Text);
        var running = statuses.Found.ToDictionary(static one => one.Name, static one => one.Status, StringComparer.Ordinal);

        var found = new List<Found>();
        var defined = definitions.ToDictionary(static d => d.Name, StringComparer.Ordinal);
        foreach (var (name, status) in running)
        {
            var kept = defined.GetValueOrDefault(name);
            DomainDef live = status.Domain;
            Uuid uuid = live.Uuid ?? kept?.Uuid ?? Uuid.NewRandom();
            var snapshot = new MachineSnapshot
            {
                Name = name,
                Uuid = uuid,
                Id = live.Id ?? keeper.Machines.NextId(),
                Condition = status.Condition,
                Live = live with { Uuid = uuid },
                Persistent = kept is null ? null : kept.Definition.Value with { Uuid = uuid },
                Autostart = kept?.Autostart ?? false,
                Pid = status.Pid,
                BalloonKiB = live.CurrentMemory?.KiB ?? 0,
            };
            if (keeper.Machines.TryLoad(snapshot, out var machine)) found.Add(new(machine, status));
        }
        HashSet<string> saved = Directory.Exists(keeper.Paths.SaveDir) ? [.. Directory.EnumerateFiles(keeper.Paths.SaveDir)] : [];
        foreach (var one in definitions.Where(d => !running.ContainsKey(d.Name)))
        {
            keeper.Machines.TryLoad(new MachineSnapshot
            {
                Name = one.Name,
                Uuid = one.Uuid,
                Pending = one.Definition,
                Autostart = one.Autostart,
                HasManagedSave = saved.Contains(keeper.Paths.SaveFile(one.Name)),
            }, out _);
        }
        Sweep(keeper, found);
        Blocks.NewImages.SweepAll(keeper);
        return Task.WhenAll(found.Select(f => TakeOverAsync(keeper, f, stopping)));
    }

    static async Task TakeOverAsync(QemuKeeper keeper, Found found, CancellationToken stopping)
    {
        var machine = found.Machine;
        // What lasts goes on, before others can begin such.
        IAsyncDisposable? held = found.Status.Backup is null ? null
            : await machine.EnterAsync(AsyncJob.Backup, "remoteDispatchDomainBackupBegin", BackupBegin.Allowed, CancellationToken.None).ConfigureAwait(false);
        await using var job = await machine.EnterAsync(Job.Modify, "reconnect", CancellationToken.None).ConfigureAwait(false);
        var places = new RunPlaces(
            found.Status.LibDir ?? keeper.Paths.RunFolder(machine.Snapshot.Id, machine.Name),
            found.Status.ChannelTargetDir ?? keeper.Paths.ChannelFolder(machine.Snapshot.Id, machine.Name));
        bool starting = found.Status.Condition == Condition.Paused(DomainPausedReason.StartingUp)
            || MigrationRecovery.IsToEnd(found.Status);
        if (starting || keeper.Processes.Find(found.Status.Pid, found.Status.StartTime ?? 0) is not { } process)
        {
            // Gone meanwhile, or cut off in the middle of its start or its arrival: nobody was told that it runs.
            if (held is not null) await held.DisposeAsync().ConfigureAwait(false);
            await AbandonAsync(keeper, found, places, MigrationRecovery.Why(found.Status.Job) ?? (starting ? DomainShutoffReason.Failed : DomainShutoffReason.Crashed)).ConfigureAwait(false);
            return;
        }
        QmpMonitor? monitor = null;
        LiveQemu? live = null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, job.Interrupted);
        try
        {
            // Until it can be taken down as any guest, who wants that waits: none of this takes long.
            var facts = await FactsOfAsync(keeper, found, stopping).ConfigureAwait(false);
            var events = new EventReader(machine, keeper);
            monitor = new QmpMonitor(
                await UnixSockets.ConnectAsync(found.Status.Monitor?.Path ?? places.MonitorSocket, stopping, keeper.Security.ConnectionsTo(found.Status.Domain)).ConfigureAwait(false), events.Take);
            live = new LiveQemu(process, monitor, facts, places)
            {
                Inherited = found.Status,
                Vcpus = found.Status.Vcpus,
                CpuBefore = found.Status.Cpu,
                Notes = new RunNotes([.. found.Status.Taints.Select(static t => t.Flag)], [.. found.Status.Deprecations.Select(static d => d.Message ?? "")]),
                Contract = keeper.Contracts.Read(machine.Name),
                FakeReboot = found.Status.FakeReboot,
                RemembersOwners = found.Status.RememberOwner,
                HasOwnDev = found.Status.MountNamespace,
                SocketLabels = keeper.Security.SocketsOf(found.Status.Domain),
                Cgroup = keeper.FindCgroup(machine.Snapshot),
                Releases = HostPreparer.ReleasesOf(keeper, machine, found.Status.Domain, machine.Snapshot.Id),
            };
            foreach (var known in (found.Status.BlockJobs?.All ?? []).Select(BlockJob.Of).OfType<BlockJob>()) live.BlockJobs.Add(known);
            live.Backup = BackupRecovery.Of(found.Status, held, keeper.Time.GetUtcNow());
            live.Agent.Label = keeper.Security.ConnectionsTo(found.Status.Domain);
            keeper.TapNames.Keep(found.Status.Domain);
            machine.SetLive(live);
            if (found.Status.AgentTimeout is { } patience) keeper.AgentWishes.Set(machine, patience);
            events.Attach(live);
            KeepLabel(keeper, machine);
            await monitor.OpenAsync(either.Token).ConfigureAwait(false);
            await RefreshAsync(machine, live, either.Token).ConfigureAwait(false);
            live.Contract ??= await CpuReadback.NoteAsync(keeper, machine, live, either.Token).ConfigureAwait(false);
            RewordCpu(keeper, machine, live);
            CountAgain(keeper, machine, live);
            await SaveOut.TakeBackAsync(machine, live, either.Token).ConfigureAwait(false);
            await MigrationRecovery.TakeBackAsync(keeper, machine, live, found.Status.Job, either.Token).ConfigureAwait(false);
            await BlockJobChange.RefreshAsync(keeper, machine, live, either.Token).ConfigureAwait(false);
            await BackupRecovery.ResumeAsync(keeper, machine, live, either.Token).ConfigureAwait(false);
            await Blocks.NewImages.AdoptAsync(keeper, machine, live, either.Token).ConfigureAwait(false);
            await LateUnplug.ReconcileAsync(keeper, machine, live, either.Token).ConfigureAwait(false);
            await Network.CardSwitches.RenewAsync(keeper, machine, either.Token).ConfigureAwait(false);
            await Network.CardFilters.RenewAsync(keeper, machine, either.Token).ConfigureAwait(false);
            Blocks.NewImages.Sweep(keeper, machine);
            keeper.Save(machine);
            _ = keeper.WatchAsync(machine, live);
            _ = keeper.Freezer.ResumeAsync(machine);
            keeper.Log.Reconnected(machine.Name, machine.Snapshot.Condition.StateWord());
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next daemon tries again.
            machine.SetLive(null);
            if (monitor is not null) await monitor.DisposeAsync().ConfigureAwait(false);
            process.Dispose();
        }
        catch (OperationCanceledException) when (live is not null)
        {
            _ = keeper.WatchAsync(machine, live);       // whoever destroys it waits for our job, and takes it down
        }
        catch (Exception e) when (live is not null && monitor is { Ended.IsCompleted: false })
        {
            // It runs and answers: what is not known of it is no reason to end it.
            keeper.Log.ReconnectedPartly(machine.Name, e);
            _ = keeper.WatchAsync(machine, live);
        }
        catch (Exception e)
        {
            keeper.Log.ReconnectFailed(machine.Name, e);
            if (monitor is not null) await monitor.DisposeAsync().ConfigureAwait(false);
            process.Dispose();
            if (held is not null) await held.DisposeAsync().ConfigureAwait(false);
            await AbandonAsync(keeper, found, places, DomainShutoffReason.Crashed).ConfigureAwait(false);
        }
    }

    // What the process can do was written down when it started: its file may be another by now, or gone.
    static async ValueTask<QemuFacts> FactsOfAsync(QemuKeeper keeper, Found found, CancellationToken cancel)
    {
        var flags = found.Status.EmulatorFlags.ToList().Select(static flag => flag.Name).ToFrozenSet(StringComparer.Ordinal);
        DomainDef live = found.Status.Domain;
        try
        {
            var facts = await keeper.FactsForAsync(live, cancel).ConfigureAwait(false);
            return flags.Count == 0 ? facts : facts with { Flags = flags };
        }
        catch (VireoException e) when (flags.Count > 0)
        {
            keeper.Log.ReconnectUnprobed(found.Machine.Name, e.Message);
            return new QemuFacts { Emulator = live.Devices.Emulator ?? "", Arch = live.Os.Arch ?? "x86_64", Version = 0, Flags = flags };
        }
    }

    // That another guest has the same is no reason to end one.
    static void KeepLabel(QemuKeeper keeper, QemuMachine machine)
    {
        try
        {
            if (machine.Snapshot is { Live: { } def } now) keeper.Security.Confinement?.Keep(def, now.Pid);
        }
        catch (VireoException e)
        {
            keeper.Log.LabelShared(machine.Name, e.Message);
        }
    }

    // Counters end with the daemon that opened them.
    static void CountAgain(QemuKeeper keeper, QemuMachine machine, LiveQemu live)
    {
        try
        {
            if (machine.Snapshot.Live is { Perf.IsEmpty: false } def) live.Counters.EnableAll(def, live.Process.Pid);
        }
        catch (Vireo.Core.Errors.VireoException e)
        {
            keeper.Log.ReconnectFailed(machine.Name, e);
        }
    }

    // The daemon before this one may have had another map: then models mean something else here, and the guest is what it was.
    static void RewordCpu(QemuKeeper keeper, QemuMachine machine, LiveQemu live)
    {
        if (live.Contract is not { } contract || machine.Snapshot.Live?.Cpu is not { } cpu || !QemuGuest.IsManaged(cpu) || keeper.Contracts.Means(contract, cpu)) return;
        var (now, before) = (keeper.Contracts.Reword(contract, cpu, live.CpuBefore), live.CpuBefore is { } asked ? keeper.Contracts.Reword(contract, asked, asked) : null);
        live.CpuBefore = before;
        machine.Commit(s => s.Live is { } def ? s with { Live = def with { Cpu = now } } : s);
        keeper.Log.CpuReworded(machine.Name);
    }

    /// <summary>What changed while nobody listened.</summary>
    static async Task RefreshAsync(QemuMachine machine, LiveQemu live, CancellationToken cancel)
    {
        var now = await live.Monitor.RunAsync(new QueryStatus(), cancel).ConfigureAwait(false);
        machine.Commit(s => s with
        {
            Condition = now switch
            {
                { Status: "shutdown" } => Condition.Shutdown(DomainShutdownReason.Unknown),
                { Status: "guest-panicked" } => Condition.Crashed(DomainCrashedReason.Panicked),
                { Status: "suspended" } => Condition.PmSuspended,
                { Running: true } when s.State != DomainState.Running => Condition.Running(DomainRunningReason.Unpaused),
                { Running: false } when s.State == DomainState.Running => Condition.Paused(
                    now.Status == "io-error" ? DomainPausedReason.Ioerror
                    : now.Status == "watchdog" ? DomainPausedReason.Watchdog : DomainPausedReason.Unknown),
                _ => s.Condition,
            },
        });
        if (now.Status == "shutdown")
        {
            live.SawShutdown = true;
            live.Process.Signal(Signals.Terminate);
        }
        var chardevs = (await live.Monitor.RunAsync(new QueryChardev(), cancel).ConfigureAwait(false)).ToDictionary(c => c.Label, StringComparer.Ordinal);
        machine.Commit(s => s.Live is { } def ? s with { Live = DeviceReadback.Show(def, chardevs) } : s);
    }

    static async Task AbandonAsync(QemuKeeper keeper, Found found, RunPlaces places, DomainShutoffReason why)
    {
        BackupRecovery.Abandon(keeper, found.Status);
        await AbandonFlow.RunAsync(new(keeper, found.Machine, Survivors(keeper, found, places), places, why, found.Status.MountNamespace)).ConfigureAwait(false);
        Blocks.NewImages.Sweep(keeper, found.Machine);
    }

    // All that is left of a run. A crash may lie between the start of a process, or of the launcher that becomes it, and the note of
    // its pid: then its environment names the folder of its run, and it may have joined its control group.
    static List<HostProcess> Survivors(QemuKeeper keeper, Found found, RunPlaces places)
    {
        var left = new List<HostProcess>();
        void Add(HostProcess? process)
        {
            if (process is not null) left.Add(process);
        }
        Add(keeper.Processes.Find(found.Status.Pid, found.Status.StartTime ?? 0));
        var machine = found.Machine.Snapshot;
        foreach (int pid in FindByFolder(places.Folder).Concat(keeper.FindCgroup(machine).Members()).Distinct().ToList())
            if (left.TrueForAll(known => known.Pid != pid)) Add(keeper.Processes.Find(pid));
        return left;
    }

    static IEnumerable<int> FindByFolder(string folder)
    {
        byte[] home = System.Text.Encoding.UTF8.GetBytes($"HOME={folder}\0");
        foreach (string entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), out int pid)) continue;
            bool ours = false;
            try
            {
                ours = File.ReadAllBytes(Path.Join(entry, "environ")).AsSpan().IndexOf(home) >= 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone, or not ours.
            }
            if (ours) yield return pid;
        }
    }

    static void Sweep(QemuKeeper keeper, List<Found> found)
    {
        var used = found.SelectMany(f => new[] { f.Status.LibDir, f.Status.ChannelTargetDir }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (string above in new[] { keeper.Paths.LibDir, keeper.Paths.ChannelTargetDir })
        {
            if (!Directory.Exists(above)) continue;
            foreach (string left in Directory.EnumerateDirectories(above, "domain-*").Concat(Directory.EnumerateDirectories(above, "qmp-*")))
                if (!used.Contains(left)) RunFolders.Delete(left);
        }
    }
}

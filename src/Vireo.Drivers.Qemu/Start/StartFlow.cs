using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Audit;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Firmware;
using Vireo.Drivers.Qemu.Definition.Volumes;
using Vireo.Drivers.Qemu.Hotplug.Vcpus;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Memory;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Notes;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start.Disks;
using Vireo.Drivers.Qemu.Start.Filesystem;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Drivers.Qemu.Start.HostDevices;
using Vireo.Drivers.Qemu.Start.Leases;
using Vireo.Drivers.Qemu.Start.Namespaces;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Drivers.Qemu.Start.Screens;
using Vireo.Drivers.Qemu.Start.Tpm;
using Vireo.Drivers.Qemu.Start.Usb;
using Vireo.Drivers.Qemu.Status;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Host.Users;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Machines;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>From a definition to a guest that runs, step by step, each with what undoes it.</summary>
static class StartFlow
{
    static readonly TimeSpan KillPatience = TimeSpan.Zero;

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<StartRun> Flow = new Flow<StartRun>("start")
        .Step("number", NumberAsync, EndAsync)
        .Step("networks", NetworkCards.PlugAsync)
        .Step("secrets", FetchSecretsAsync)
        .Step("advice", AutoPlacement.AskAsync)
        .Step("images", static (run, cancel) => ImageChains.ReachAsync(run.Keeper.Looks, run.Wanted.Devices.Disks, cancel))
        .Step("plan", Plan)
        .Step("own", Own, Disown)
        .Step("folders", RunFolders.Make, static run => RunFolders.Remove(run.Places))
        .Step("log", OpenLog, static run => run.Log?.Dispose())
        .Each("lend", LentDevices.Take)
        .Step("cgroup", MakeCgroupAsync, static run => run.Keeper.RemoveCgroupAsync(run.Cgroup))
        .Step("confine", GuestProfiles.LoadAsync, static run => GuestProfiles.RemoveAsync(run.Keeper, run.Live))
        .Each("host", static run => run.Line.Host.Select((step, number) => HostPreparer.Prepare(run, step, number)))
        .Each("descriptors", static run => run.Line.Descriptors.Select(wanted => HostPreparer.Open(run, wanted)))
        .Each("switches", CardSwitches.Plug)
        .Each("filters", CardFilters.Bind)
        .Step("traffic", CardLimits.SetAllAsync)
        .Step("nodes", GuestGroups.CheckNodes)
        .Each("labels", FileLabels.Give)
        .Step("state", StateReading.Pass)
        .Step("admit", GuestProfiles.AdmitAsync)
        .Step("launch", LaunchAsync, KillAsync)
        .Step("pid", WritePid)
        .Step("connect", ConnectAsync, static run => run.Monitor?.DisposeAsync() ?? ValueTask.CompletedTask)
        .Step("live", Attach)
        .Step("counters", static run => run.Qemu!.Counters.EnableAll(run.Live, run.Process!.Pid), static run => run.Qemu?.Counters.Dispose())
        .Step("actions", SetActionsAsync)
        .Step("vcpus", static (run, cancel) => PluggedVcpus.AddAsync(run, cancel))
        .Step("threads", GuestThreads.FindAsync, GuestThreads.GiveUpAsync)
        .Step("cpu", static async (run, cancel) => run.Live = await CpuReadback.RunAsync(run, cancel).ConfigureAwait(false))
        .Each("transient", TransientDisks.Make)
        .Step("throttling", static (run, cancel) => DiskThrottling.RunAsync(run, cancel))
        .Step("passwords", ScreenSetup.SetPasswordsAsync)
        .Step("incoming", StateReading.TakeAsync)
        .Step("devices", static (run, cancel) => DeviceReadback.RunAsync(run, cancel))
        .Step("balloon", static (run, cancel) => DeviceReadback.BalloonAsync(run, cancel))
        .Step("placed", static (run, _) => GuestThreads.SettleAsync(run))
        .Step("status", static run => run.Keeper.Save(run.Machine))
        .Step("leases", GuestLeases.TakeAsync)
        .Step("run", RunAsync)
        .Step("running", static run => run.Keeper.Save(run.Machine));

    /// <summary>Starts a guest whose job the caller holds.</summary>
    internal static async ValueTask RunAsync(
        QemuKeeper keeper, QemuMachine machine, DomainDef definition, QemuFacts facts, StartWishes wishes, CancellationToken cancel)
    {
        // What a volume stands for may have changed since the last run.
        if (keeper.Options.Storage is { } storage && VolumeSources.AreIn(definition))
            definition = await VolumeSources.ResolveAsync(definition, storage, cancel).ConfigureAwait(false);
        var run = new StartRun(keeper, machine, definition, new WrittenForQemu(definition).Apply(facts), wishes);
        keeper.Starting.TryAdd(machine, 0);
        try
        {
            await Flow.RunAsync(run, keeper.Flows, cancel).ConfigureAwait(false);
            Tell(run, machine.Snapshot.Live ?? run.Live, run.Process!.Pid);
        }
        catch
        {
            Tell(run, run.Live ?? definition, 0);
            foreach (int port in run.Ports) keeper.Ports.Return(port);
            machine.Commit(static s => s.IsActive ? s : s with { Condition = Condition.ShutOff(DomainShutoffReason.Failed) });
            throw;
        }
        finally
        {
            keeper.Starting.TryRemove(machine, out _);
            run.ClosePassed();
            foreach (var end in run.Gpus.Values) end.Dispose();
            run.Secrets?.Dispose();
            run.Log?.Dispose();
        }
        _ = keeper.WatchAsync(machine, run.Qemu!);
    }

    static void Tell(StartRun run, DomainDef guest, int pid) => StartAudit.Write(
        run.Audit, guest, run.Wishes.Incoming is not null, pid, run.Live is null ? null : TpmEmulator.SocketOf(run.Keeper.Paths, run.Id, run.Definition.Name));

    static async ValueTask FetchSecretsAsync(StartRun run, CancellationToken cancel) => run.Secrets =
        await GuestSecrets.FetchAsync(run.Key, run.Wanted, run.Keeper.Config, run.Keeper.Options.Secrets, cancel).ConfigureAwait(false);

    // Ports of networks are the first that the host gives, and the network keeps them for whom it gave them to.
    static ValueTask NumberAsync(StartRun run, CancellationToken cancel)
    {
        run.Id = run.Keeper.Machines.NextId();
        run.Places = StartRun.PlacesOf(run.Keeper.Paths, run.Id, run.Definition.Name);
        run.Wanted = NetworkCards.Numbered(run.Wanted);
        if (NetworkCards.OnPorts(run.Wanted) is { Devices.Interfaces.IsEmpty: false } plugged)
            run.Keeper.Statuses.Save(run.Machine.Name, run.Machine.Uuid, RunStatus.Early(run.Places, plugged with { Id = run.Id }, 0, 0, run.Keeper.Security.OwnDev).ToXml());
        return ValueTask.CompletedTask;
    }

    // The status last: while it is there, a daemon that comes after a crash looks after the rest.
    static async ValueTask EndAsync(StartRun run)
    {
        await NetworkCards.UnplugAsync(run.Keeper, run.Wanted).ConfigureAwait(false);
        run.Keeper.Security.Confinement?.Release(run.Wanted);
        run.Keeper.CloseStatus(run.Machine, run.Qemu);
    }

    static void Plan(StartRun run)
    {
        if (run.Definition.Type == DomainType.Kvm && run.Facts.Kvm is null)
            throw QemuErrors.Unsupported($"Emulator '{run.Facts.Emulator}' does not support virt type 'kvm'");
        HostAssignment.Check(run.Wanted, HostAssignment.IsThere());
        foreach (Interface card in run.Wanted.Devices.Interfaces)
            NetworkCards.Check(card);
        GpuPrograms.Check(run.Wanted, GpuPrograms.OfHost(run.Keeper.Host.Privileged ? null : UserConfig));
        StartLimits.Check(run.Wanted);
        TransientDisks.CheckFree(run.Wanted);
        TuningChecks.Check(run.Definition, run.Keeper.Host.Privileged, new HostTree());
        run.Keeper.Security.CheckModels(run.Definition);
        DomainDef labelled = run.Keeper.Security.Label(run.Definition);
        StartAudit.Labels(run.Audit, labelled);
        var found = ScreenSetup.WithPorts(
            HostUsbDevices.Find(ImageIndexes.Apply(OnSockets(run), machine => ImageChains.Find(machine, run.Keeper.Security.Guests))), run.Keeper.Config, run.Keeper.Ports, run.Ports);
        run.Live = run.Keeper.Planning.MakeLive(
            run.Keeper.TapNames.Assign(LentDevices.WithDriver(found)) with { Id = run.Id }, run.Facts, HostSettings.PathsOf(run.Keeper, run.Places, run.Facts))
            with { SecurityLabels = labelled.SecurityLabels };
        string bus = BusDaemon.AddressOf(run.Keeper.Paths, run.Id, run.Definition.Name);
        run.Live = BusDaemon.WithAddress(run.Live, bus);
        run.Live = VirtioFsDaemon.WithPrograms(CharacterTls.Choose(run.Live, run.Keeper.Config.CharacterTls.Enabled));
        run.Line = run.Keeper.Planning.Build(run.Live, run.Facts, HostSettings.ContextOf(run.Keeper, run.Places, run.Definition.Type) with
        {
            Incoming = run.Wishes.Incoming is null ? null : "defer",
            Secrets = run.Secrets,
            AutomaticNodes = run.Advice,
            DBusAddress = bus,
            DescriptorGroup = group => run.Keeper.GivenFiles.Need(run.Machine, group),
            TpmSocketPath = _ => TpmEmulator.SocketOf(run.Keeper.Paths, run.Id, run.Definition.Name),
            PasstSocketPath = alias => Helpers.Passt.SocketOf(run.Keeper.Paths, run.Id, run.Definition.Name, alias),
            Environment = StartContext.DaemonsEnvironment,
        });
    }

    /// <summary>What a guest may keep from being swapped out; nothing: the limit is not its own.</summary>
    internal static IEnumerable<ResourceLimit> LockedMemory(DomainDef live) => MemoryLock.BytesOf(live) switch
    {
        0 => [],
        MemoryLock.Unlimited => [new(Resource.LockedMemory, ResourceLimit.Unlimited, ResourceLimit.Unlimited)],
        var bytes => [new(Resource.LockedMemory, bytes, bytes)],
    };

    static DomainDef OnSockets(StartRun run) =>
        LivePasses.ScreensOnSockets(run.Wanted, run.Keeper.Config.Vnc.AutoUnixSocket, run.Keeper.Config.Spice.AutoUnixSocket);

    /// <summary>Where a user's daemon looks for what its user has described.</summary>
    internal static string UserConfig => Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } given ? given
        : Path.Join(Environment.GetEnvironmentVariable("HOME"), ".config");

    /// <summary>The host's firmwares, in the order in which they are tried.</summary>
    internal static IReadOnlyList<FirmwareDescriptor> Firmwares(QemuKeeper keeper)
    {
        return DescriptorFolders.OfHost().Firmwares(
            DescriptorFolders.Standard("firmware", keeper.Host.Privileged ? null : UserConfig), (path, fault) => keeper.Log.FileProblem(path, fault.Message));
    }

    // The status says what will be there before it is, so that a daemon that comes after a crash knows what to take away.
    static void Own(StartRun run)
    {
        run.Keeper.Migrations.Completed(run.Machine, keep: false);
        run.Machine.Commit(s => s with
        {
            Persistent = s.Persistent is { } kept ? ShownDefinition.ReadAgain(kept) : null,
            Id = run.Id, Live = run.Live, Condition = Condition.Paused(DomainPausedReason.StartingUp), BalloonKiB = 0,
        });
        run.Keeper.Statuses.Save(run.Machine.Name, run.Machine.Uuid, RunStatus.Early(run.Places, run.Live, 0, 0, run.Keeper.Security.OwnDev).ToXml());
    }

    static void Disown(StartRun run)
    {
        run.Machine.SetLive(null);
        run.Machine.Commit(s => s with { Id = -1, Pid = 0, Live = null, Condition = Condition.ShutOff(DomainShutoffReason.Failed), Extra = null });
    }

    static void OpenLog(StartRun run)
    {
        run.Log = GuestLog.Open(run.Keeper, run.Machine);
        run.Notes = RunNotes.Of(run.Live, run.Facts, run.Keeper.Security.Guests is { User: 0 } or { Group: 0 });
        run.Log.Begin(run.Keeper.Time.GetUtcNow(), run.Facts, run.Line, run.Notes.Log().Select(note => $"Domain id={run.Id} is tainted: {note}"));
    }

    static async ValueTask LaunchAsync(StartRun run, CancellationToken cancel)
    {
        var ids = run.Keeper.Security.ProcessOf(run.Live);
        run.Process = await run.Keeper.Processes.StartAsync(new ProcessPlan
        {
            ExecLabel = run.Keeper.Security.Confinement?.OfProcess(run.Live),
            User = ids?.User,
            Group = ids?.Group,
            Groups = ids is { } both ? HostUsers.GroupsOf(both.User, both.Group) : null,
            Limits = [.. HostSettings.Limits(run.Keeper.Config), .. LockedMemory(run.Live)],
            Program = run.Line.Arguments[0],
            Arguments = [.. run.Line.Arguments.Skip(1)],
            Environment = run.Line.Environment,
            Descriptors = [new(run.Log!.Handle, 1), new(run.Log.Handle, 2), .. run.Passed],
            Umask = 2,
            Greeting = await GuestLeases.RegistrationAsync(run, cancel).ConfigureAwait(false),
            Cgroups = run.Cgroup?.Folders ?? [],
            Place = GuestGroups.WaitForRegister(run) ? (pid, _) => GuestGroups.RegisterAsync(run, pid) : null,
            Processors = GuestThreads.EmulatorProcessors(run.Placed),
            Dev = run.Keeper.Security.OwnDev ? GuestDev.Of(run) : null,
        }, cancel).ConfigureAwait(false);
        run.ClosePassed();
    }

    static async ValueTask KillAsync(StartRun run)
    {
        if (run.Process is not { } process) return;
        if (run.Qemu is { } live) live.Ending = true;
        await process.EndAsync(KillPatience, run.Keeper.Time).ConfigureAwait(false);
        process.Dispose();
    }

    static void WritePid(StartRun run)
    {
        var process = run.Process!;
        AtomicFile.Write(run.Keeper.Paths.PidFile(run.Machine.Name), process.Pid.ToString(), 0x1a4, durable: false);
        run.Machine.Commit(s => s with { Pid = process.Pid });
        run.Keeper.Statuses.Save(run.Machine.Name, run.Machine.Uuid, RunStatus.Early(run.Places, run.Live, process.Pid, process.StartTime, run.Keeper.Security.OwnDev).ToXml());
    }

    static async ValueTask ConnectAsync(StartRun run, CancellationToken cancel)
    {
        var process = run.Process!;
        run.Events = new EventReader(run.Machine, run.Keeper);
        try
        {
            run.Monitor = new QmpMonitor(await UnixSockets.ConnectAsync(run.Places.MonitorSocket, cancel, run.Keeper.Security.ConnectionsTo(run.Live)).ConfigureAwait(false), run.Events.Take);
            await run.Monitor.OpenAsync(cancel).ConfigureAwait(false);
        }
        catch (VireoException e)
        {
            await process.EndAsync(TimeSpan.FromSeconds(1), run.Keeper.Time, CancellationToken.None).ConfigureAwait(false);
            string said = run.Log!.Tail();
            throw QemuErrors.DiedAtStart(said.Length > 0 ? said : e.Message);
        }
    }

    static void Attach(StartRun run)
    {
        run.Qemu = new LiveQemu(run.Process!, run.Talk, run.Facts, run.Places)
        {
            DiesWith = run.Wishes.DiesWith,
            Written = run.Definition,
            Notes = run.Notes,
            Releases = [() => ReturnPorts(run), .. HostPreparer.ReleasesOf(run.Keeper, run.Machine, run.Live, run.Id)],
            Cgroup = run.Cgroup,
            RemembersOwners = run.Keeper.Security.Dynamic,
            HasOwnDev = run.Keeper.Security.OwnDev,
            SocketLabels = run.Keeper.Security.SocketsOf(run.Live),
        };
        run.Qemu.Agent.Timeout = run.Keeper.AgentWishes.Of(run.Machine);
        run.Qemu.Agent.Label = run.Keeper.Security.ConnectionsTo(run.Live);
        run.Machine.SetLive(run.Qemu);
        run.Events!.Attach(run.Qemu);
    }

    static ValueTask ReturnPorts(StartRun run)
    {
        foreach (int port in run.Ports) run.Keeper.Ports.Return(port);
        return ValueTask.CompletedTask;
    }

    static async ValueTask MakeCgroupAsync(StartRun run, CancellationToken cancel)
    {
        try
        {
            if (!GuestGroups.WaitForRegister(run))
                GuestGroups.Make(run, run.Keeper.OwnPlace(run.Id, run.Definition.Name, GuestGroups.PartitionOf(run)));
        }
        catch
        {
            await run.Keeper.RemoveCgroupAsync(run.Cgroup).ConfigureAwait(false);       // a step that fails is not undone
            throw;
        }
    }

    // A guest that shall be gone when it reboots: QEMU makes a power-off of its reset. Where it cannot, the command line says so.
    static async ValueTask SetActionsAsync(StartRun run, CancellationToken cancel)
    {
        if (run.Live.OnReboot is LifecycleAction.Destroy && run.Facts.Has(QemuFlag.SetAction))
            await run.Talk.RunAsync(new SetAction { Reboot = "shutdown" }, cancel).ConfigureAwait(false);
    }

    static async ValueTask RunAsync(StartRun run, CancellationToken cancel)
    {
        var machine = run.Machine;
        if (run.Wishes.Begin is { } begin)
        {
            await begin(run, cancel).ConfigureAwait(false);
            return;
        }
        if (run.Wishes.Incoming is not null)
        {
            await StateReading.GoOnAsync(run, cancel).ConfigureAwait(false);
            return;
        }
        if (run.Wishes.Paused)
        {
            machine.Commit(s => s with { Condition = Condition.Paused(DomainPausedReason.User) });
            machine.Raise(
                machine.Lifecycle(DomainEventType.Started, (int)DomainEventStartedDetail.Booted),
                machine.Lifecycle(DomainEventType.Suspended, (int)DomainEventSuspendedDetail.Paused));
            return;
        }
        run.Qemu!.RunningFor = DomainRunningReason.Booted;
        MacvtapDevices.Run(run.Live, true);
        await run.Talk.RunAsync(new Cont(), cancel).ConfigureAwait(false);
        machine.Raise(machine.Lifecycle(DomainEventType.Started, (int)DomainEventStartedDetail.Booted));
    }
}

using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Save;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>
/// Turns what QEMU tells into states, reasons and libvirt's events. Runs on the monitor's reading loop: what an answer implies
/// is published before the answer is known.
/// </summary>
sealed class EventReader(QemuMachine machine, QemuKeeper keeper)
{
    LiveQemu? _live;
    readonly Queue<QmpEvent> _early = [];
    readonly Lock _gate = new();
    bool _panicked;

    /// <summary>From here on events count; those told before are handled now.</summary>
    internal void Attach(LiveQemu live)
    {
        lock (_gate)
        {
            _live = live;
            while (_early.TryDequeue(out var told)) Handle(live, told);
        }
    }

    internal void Take(QmpEvent told)
    {
        lock (_gate)
        {
            if (_live is { } live) Handle(live, told);
            else _early.Enqueue(told);
        }
    }

    void Handle(LiveQemu live, QmpEvent told)
    {
        switch (told)
        {
            case ShutdownEvent shutdown: OnShutdown(live, shutdown); break;
            case StopEvent:
                OnStop(live);
                if (_panicked) OnPanic(live);
                _panicked = false;
                break;
            case ResumeEvent: OnResume(live); break;
            case ResetEvent: machine.Raise(new DomainRebootEvent(machine.Snapshot.Ref)); break;
            case SuspendEvent: OnSleep(DomainEventPmSuspendedDetail.Memory, new DomainPmSuspendEvent(0, machine.Snapshot.Ref)); break;
            case SuspendDiskEvent: OnSleep(DomainEventPmSuspendedDetail.Disk, new DomainPmSuspendDiskEvent(0, machine.Snapshot.Ref)); break;
            case WakeupEvent: OnWakeup(); break;
            case GuestPanickedEvent when machine.Snapshot.State == DomainState.Running:
                _panicked = true;       // QEMU stops the processors next; that is told first
                break;
            case GuestPanickedEvent: OnPanic(live); break;
            case WatchdogEvent watchdog: OnWatchdog(live, watchdog); break;
            case BlockIoErrorEvent error: OnIoError(live, error); break;
            case WriteThresholdEvent threshold: OnThreshold(threshold); break;
            case RtcChangeEvent clock: machine.Raise(new DomainRtcChangeEvent(machine.Snapshot.Ref, clock.Offset)); break;
            case BalloonChangeEvent balloon: OnBalloon(balloon); break;
            case DeviceTrayMovedEvent tray:
                OnTray(tray);
                machine.Raise(new DomainTrayChangeEvent(machine.Snapshot.Ref, tray.Id, tray.Open ? TrayChangeReason.Open : TrayChangeReason.Close));
                break;
            case DeviceDeletedEvent { Device: { } alias }: LateUnplug.Tell(keeper, machine, live, alias, Unplug.Gone); break;
            case DeviceUnplugErrorEvent { Device: { } alias }: LateUnplug.Tell(keeper, machine, live, alias, Unplug.Rejected); break;
            case MigrationPassEvent pass:
                machine.Raise(new DomainMigrationIterationEvent(machine.Snapshot.Ref, (int)pass.Pass));
                break;
            case MigrationEvent migration: Migrate.Postcopy.PostcopyState.Tell(keeper, machine, live, migration); break;
            case JobStatusEvent job: BlockJobChange.Tell(keeper, machine, live, new JobStatus(job.Id, job.Status)); break;
            case PortChangeEvent port: OnPort(live, port); break;
            case ReservationsEvent { Connected: false, Id: Devices.BlockObjects.ManagedReservations } when !live.Ending:
                _ = Start.Helpers.ReservationsHelper.RestartAsync(keeper, machine, live);
                break;
        }
    }

    void OnShutdown(LiveQemu live, ShutdownEvent told)
    {
        var detail = told.Guest switch
        {
            true => DomainEventShutdownDetail.Guest,
            false => DomainEventShutdownDetail.Host,
            null => DomainEventShutdownDetail.Finished,
        };
        bool again = live.SawShutdown;
        live.SawShutdown = true;
        if (again) return;
        bool restart = live.FakeReboot || (told.Guest == true && machine.Snapshot.Live?.OnPoweroff == LifecycleAction.Restart);
        if (restart && told.Guest != false)
        {
            // To the world it never stops: neither its end nor the pause until it runs again is told.
            live.FakeReboot = true;
            _ = keeper.RebootInPlaceAsync(machine, live);
            return;
        }
        Move(Signal.PoweredOff, Condition.Shutdown(DomainShutdownReason.Unknown), machine.Lifecycle(DomainEventType.Shutdown, (int)detail));
        if (!live.Ending) live.Process.Signal(Signals.Terminate);
        keeper.SaveSoon(machine);
    }

    void OnStop(LiveQemu live)
    {
        var why = live.PausingFor;
        live.PausingFor = DomainPausedReason.Unknown;
        if (live.Migration is { Outgoing: true } leaving)
        {
            leaving.Stopped = keeper.Time.GetUtcNow();
            if (why is DomainPausedReason.Unknown or DomainPausedReason.User) why = DomainPausedReason.Migration;
        }
        if (machine.Snapshot.Live is { } def) MacvtapDevices.Run(def, false);
        if (machine.Snapshot.State != DomainState.Running || live is { FakeReboot: true, SawShutdown: true }) return;
        var detail = why switch
        {
            DomainPausedReason.Ioerror => DomainEventSuspendedDetail.Ioerror,
            DomainPausedReason.Watchdog => DomainEventSuspendedDetail.Watchdog,
            DomainPausedReason.Migration => DomainEventSuspendedDetail.Migrated,
            _ => DomainEventSuspendedDetail.Paused,
        };
        Move(Signal.Stopped, Condition.Paused(why), machine.Lifecycle(DomainEventType.Suspended, (int)detail));
        // One that stands still because it leaves waits for what its host does now; its status is written when all of it is sent.
        if (live.Migration is not { Outgoing: true }) keeper.SaveSoon(machine);
    }

    void OnResume(LiveQemu live)
    {
        var why = live.RunningFor;
        live.RunningFor = DomainRunningReason.Unpaused;
        if (machine.Snapshot.State == DomainState.Running) return;
        if (machine.Snapshot.Live is { } def) MacvtapDevices.Run(def, true);
        Move(Signal.Resumed, Condition.Running(why), machine.Lifecycle(DomainEventType.Resumed,
            (int)(why switch
            {
                DomainRunningReason.Restored or DomainRunningReason.FromSnapshot => DomainEventResumedDetail.FromSnapshot,
                DomainRunningReason.Postcopy => DomainEventResumedDetail.Postcopy,
                DomainRunningReason.Migrated or DomainRunningReason.MigrationCanceled => DomainEventResumedDetail.Migrated,
                _ => DomainEventResumedDetail.Unpaused,
            })));
        keeper.SaveSoon(machine);
    }

    void OnSleep(DomainEventPmSuspendedDetail how, DomainEvent also)
    {
        Move(Signal.Suspended, Condition.PmSuspended, machine.Lifecycle(DomainEventType.PmSuspended, (int)how), also);
        keeper.SaveSoon(machine);
    }

    void OnWakeup()
    {
        if (machine.Snapshot.State == DomainState.PmSuspended)
            Move(Signal.Woken, Condition.Running(DomainRunningReason.Wakeup),
                machine.Lifecycle(DomainEventType.Started, (int)DomainEventStartedDetail.Wakeup), new DomainPmWakeupEvent(0, machine.Snapshot.Ref));
        else
            machine.Raise(new DomainPmWakeupEvent(0, machine.Snapshot.Ref));
        keeper.SaveSoon(machine);
    }

    void OnPanic(LiveQemu live)
    {
        Move(Signal.Panicked, Condition.Crashed(DomainCrashedReason.Panicked),
            machine.Lifecycle(DomainEventType.Crashed, (int)DomainEventCrashedDetail.Panicked));
        keeper.SaveSoon(machine);
        switch (machine.Snapshot.Live?.OnCrash)
        {
            case CrashAction.Preserve:
                break;
            case CrashAction.CoredumpDestroy or CrashAction.CoredumpRestart:
                _ = AutoDump.CrashedAsync(keeper, machine, live, machine.Snapshot.Live.OnCrash is CrashAction.CoredumpRestart);
                break;
            case CrashAction.Restart or CrashAction.RenameRestart:
                _ = keeper.RebootInPlaceAsync(machine, live);
                break;
            default:
                live.Panicked = true;
                live.Process.Signal(Signals.Terminate);
                break;
        }
    }

    void OnWatchdog(LiveQemu live, WatchdogEvent told)
    {
        var action = told.Action switch
        {
            "pause" => DomainEventWatchdogAction.Pause,
            "reset" => DomainEventWatchdogAction.Reset,
            "poweroff" => DomainEventWatchdogAction.Poweroff,
            "shutdown" => DomainEventWatchdogAction.Shutdown,
            "debug" => DomainEventWatchdogAction.Debug,
            "inject-nmi" => DomainEventWatchdogAction.Injectnmi,
            _ => DomainEventWatchdogAction.None,
        };
        machine.Raise(new DomainWatchdogEvent(machine.Snapshot.Ref, action));
        if (action == DomainEventWatchdogAction.Pause) PausedBy(live, DomainPausedReason.Watchdog, DomainEventSuspendedDetail.Watchdog);
        if (action == DomainEventWatchdogAction.Pause && machine.Snapshot.Live?.Devices.Watchdogs is [{ Action: WatchdogAction.Dump }, ..])
            _ = AutoDump.BarkedAsync(keeper, machine, live);
    }

    void OnIoError(LiveQemu live, BlockIoErrorEvent told)
    {
        var action = told.Action switch
        {
            "stop" => DomainEventIoErrorAction.Pause,
            "report" => DomainEventIoErrorAction.Report,
            _ => DomainEventIoErrorAction.None,
        };
        var disk = machine.Snapshot.Live?.Devices.Disks.FirstOrDefault(d =>
            d.Alias is { } alias && (told.Device == "drive-" + alias || told.Device.Contains(alias, StringComparison.Ordinal)));
        string alias = disk?.Alias ?? "", source = (disk?.Source as DiskSource.OfFile)?.Path ?? "";
        string reason = told.NoSpace ? "enospc" : "";
        var who = machine.Snapshot.Ref;
        machine.Raise(new DomainIoErrorEvent(who, source, alias, action), new DomainIoErrorReasonEvent(who, source, alias, action, reason));
        if (action == DomainEventIoErrorAction.Pause) PausedBy(live, DomainPausedReason.Ioerror, DomainEventSuspendedDetail.Ioerror);
    }

    // The image on top is told by its disk's name, and by that with its number.
    void OnThreshold(WriteThresholdEvent told)
    {
        if (machine.Snapshot.Live is not { } def || LiveImages.OfNode(def, told.Node) is not var (disk, source, index)) return;
        string? path = source switch { DiskSource.OfFile file => file.Path, DiskSource.OfBlock block => block.Path, _ => null };
        var who = machine.Snapshot.Ref;
        if (ReferenceEquals(source, disk.Source))
            machine.Raise(new DomainBlockThresholdEvent(who, disk.Target.Device, path, told.Threshold, told.Excess));
        machine.Raise(new DomainBlockThresholdEvent(who, $"{disk.Target.Device}[{index}]", path, told.Threshold, told.Excess));
    }

    // QEMU tells the cause before or after STOP, by version.
    void PausedBy(LiveQemu live, DomainPausedReason why, DomainEventSuspendedDetail detail)
    {
        if (machine.Snapshot.Condition == Condition.Paused(DomainPausedReason.Unknown))
            machine.Commit(s => s with { Condition = Condition.Paused(why) }, machine.Lifecycle(DomainEventType.Suspended, (int)detail));
        else
            live.PausingFor = why;
    }

    void OnBalloon(BalloonChangeEvent told)
    {
        ulong size = (ulong)Math.Max(0, told.Actual) / 1024;
        machine.Commit(s => s with { BalloonKiB = size }, new DomainBalloonChangeEvent(machine.Snapshot.Ref, size));
    }

    void OnTray(DeviceTrayMovedEvent told)
    {
        DiskTray? state = told.Open ? DiskTray.Open : null;
        machine.Commit(s => s.Live?.Devices.Disks.FirstOrDefault(d => d.Alias == told.Id) is { } drive && drive.Target.Tray != state
            ? s with { Live = s.Live with { Devices = s.Live.Devices.Replace(drive, drive with { Target = drive.Target with { Tray = state } }) } } : s);
        keeper.SaveSoon(machine);
    }

    void OnPort(LiveQemu live, PortChangeEvent told)
    {
        var state = told.Open ? ChannelState.Connected : ChannelState.Disconnected;
        bool agent = false;
        machine.Commit(s => s.Live is not { } def ? s : s with
        {
            Live = def with
            {
                Devices = def.Devices with
                {
                    Channels = [.. def.Devices.Channels.Select(c => c.Alias == told.Id && c.Target is ChannelTarget.OfVirtio port
                        ? c with { Target = port with { State = state } } : c)],
                },
            },
        });
        agent = machine.Snapshot.Live?.Devices.Channels.Any(c =>
            c.Alias == told.Id && c.Target is ChannelTarget.OfVirtio { Name: "org.qemu.guest_agent.0" }) ?? false;
        if (agent && !told.Open) _ = live.Agent.DisposeAsync().AsTask();
        if (agent)
            machine.Raise(new DomainAgentLifecycleEvent(machine.Snapshot.Ref,
                told.Open ? AgentLifecycleState.Connected : AgentLifecycleState.Disconnected, AgentLifecycleReason.Channel));
    }

    void Move(Signal signal, DomainStateReason to, params ReadOnlySpan<DomainEvent> events)
    {
        bool possible = false;
        machine.Commit(s =>
        {
            possible = s.IsActive && Transitions.Find(s.State, signal) is { } next && next == to.State;
            return possible ? s with { Condition = to } : s;
        });
        if (possible) machine.Raise(events);
    }
}

/// <summary>Signals of processes.</summary>
static class Signals
{
    internal const int Kill = 9, Terminate = 15;
}

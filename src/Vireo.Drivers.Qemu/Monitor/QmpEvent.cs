using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>Something that QEMU tells by itself.</summary>
public abstract record QmpEvent
{
    /// <summary>When QEMU saw it.</summary>
    public DateTimeOffset At { get; init; }

    internal static QmpEvent Read(string name, JsonElement data, DateTimeOffset at) => Parse(name, data) with { At = at };

    static QmpEvent Parse(string name, JsonElement data) => name switch
    {
        "SHUTDOWN" => new ShutdownEvent(data.Flag("guest"), data.Text("reason")),
        "RESET" => new ResetEvent(data.Flag("guest") ?? false, data.Text("reason")),
        "POWERDOWN" => new PowerdownEvent(),
        "STOP" => new StopEvent(),
        "RESUME" => new ResumeEvent(),
        "SUSPEND" => new SuspendEvent(),
        "SUSPEND_DISK" => new SuspendDiskEvent(),
        "WAKEUP" => new WakeupEvent(),
        "GUEST_PANICKED" => new GuestPanickedEvent(data.Text("action") ?? ""),
        "GUEST_CRASHLOADED" => new GuestCrashLoadedEvent(data.Text("action") ?? ""),
        "WATCHDOG" => new WatchdogEvent(data.Text("action") ?? ""),
        "RTC_CHANGE" => new RtcChangeEvent(data.Number("offset") ?? 0),
        "BALLOON_CHANGE" => new BalloonChangeEvent(data.Number("actual") ?? 0),
        "BLOCK_IO_ERROR" => new BlockIoErrorEvent(
            data.Text("device") ?? "", data.Text("node-name"), data.Text("action") ?? "", data.Flag("nospace") ?? false),
        "BLOCK_WRITE_THRESHOLD" => new WriteThresholdEvent(
            data.Text("node-name") ?? "", data.Unsigned("write-threshold") ?? 0, data.Unsigned("amount-exceeded") ?? 0),
        "DEVICE_DELETED" => new DeviceDeletedEvent(data.Text("device"), data.Text("path") ?? ""),
        "DEVICE_UNPLUG_GUEST_ERROR" or "MEM_UNPLUG_ERROR" => new DeviceUnplugErrorEvent(data.Text("device"), data.Text("msg")),
        "DEVICE_TRAY_MOVED" => new DeviceTrayMovedEvent(data.Text("id") ?? "", data.Flag("tray-open") ?? false),
        "VSERPORT_CHANGE" => new PortChangeEvent(data.Text("id") ?? "", data.Flag("open") ?? false),
        "DUMP_COMPLETED" => new DumpCompletedEvent((data.Member("result") ?? default).Text("status") ?? "", data.Text("error")),
        "MIGRATION" => new MigrationEvent(data.Text("status") ?? ""),
        "MIGRATION_PASS" => new MigrationPassEvent(data.Number("pass") ?? 0),
        "JOB_STATUS_CHANGE" => new JobStatusEvent(data.Text("id") ?? "", data.Text("status") ?? ""),
        "PR_MANAGER_STATUS_CHANGED" => new ReservationsEvent(data.Text("id") ?? "", data.Flag("connected") ?? false),
        _ => new OtherEvent(name),
    };
}

/// <summary>The guest is off, or QEMU was told to end. <paramref name="Guest"/>: by the guest's own wish.</summary>
public sealed record ShutdownEvent(bool? Guest, string? Reason) : QmpEvent;

/// <summary>The machine was reset.</summary>
public sealed record ResetEvent(bool Guest, string? Reason) : QmpEvent;

/// <summary>The ACPI power button was pressed.</summary>
public sealed record PowerdownEvent : QmpEvent;

/// <summary>The CPUs stand still.</summary>
public sealed record StopEvent : QmpEvent;

/// <summary>The CPUs run.</summary>
public sealed record ResumeEvent : QmpEvent;

/// <summary>The guest sleeps to memory.</summary>
public sealed record SuspendEvent : QmpEvent;

/// <summary>The guest sleeps to disk.</summary>
public sealed record SuspendDiskEvent : QmpEvent;

/// <summary>The guest woke up.</summary>
public sealed record WakeupEvent : QmpEvent;

/// <summary>The guest's kernel says that it panicked.</summary>
public sealed record GuestPanickedEvent(string Action) : QmpEvent;

/// <summary>The guest panicked and runs its own crash kernel.</summary>
public sealed record GuestCrashLoadedEvent(string Action) : QmpEvent;

/// <summary>Nobody kicked the watchdog.</summary>
public sealed record WatchdogEvent(string Action) : QmpEvent;

/// <summary>The guest set its clock; seconds away from where it was.</summary>
public sealed record RtcChangeEvent(long Offset) : QmpEvent;

/// <summary>The balloon has a new size in bytes.</summary>
public sealed record BalloonChangeEvent(long Actual) : QmpEvent;

/// <summary>A disk failed.</summary>
public sealed record BlockIoErrorEvent(string Device, string? NodeName, string Action, bool NoSpace) : QmpEvent;

/// <summary>Something was written beyond the offset of a node that somebody watches.</summary>
public sealed record WriteThresholdEvent(string Node, ulong Threshold, ulong Excess) : QmpEvent;

/// <summary>An unplugged device is gone.</summary>
public sealed record DeviceDeletedEvent(string? Device, string Path) : QmpEvent;

/// <summary>The guest keeps a device that it was asked to let go; what QEMU says of it, if anything.</summary>
public sealed record DeviceUnplugErrorEvent(string? Device, string? Message) : QmpEvent;

/// <summary>A tray was opened or closed.</summary>
public sealed record DeviceTrayMovedEvent(string Id, bool Open) : QmpEvent;

/// <summary>The guest opened or closed a channel.</summary>
public sealed record PortChangeEvent(string Id, bool Open) : QmpEvent;

/// <summary>A migration, or the state of a saved machine on its way, stands otherwise than before.</summary>
public sealed record MigrationEvent(string Status) : QmpEvent
{
    /// <summary>It is over, well or not.</summary>
    public bool IsEnd => Status is "completed" or "failed" or "cancelled";

    /// <summary>A guest of which part is on either side is whole again, or its way between them broke.</summary>
    public bool EndsPostcopy => IsEnd || Status is "postcopy-paused";
}

/// <summary>A migration goes through memory once more, for what was written meanwhile.</summary>
public sealed record MigrationPassEvent(long Pass) : QmpEvent;

/// <summary>A job stands otherwise than before.</summary>
public sealed record JobStatusEvent(string Id, string Status) : QmpEvent;

/// <summary>QEMU has found or lost the helper for persistent reservations.</summary>
public sealed record ReservationsEvent(string Id, bool Connected) : QmpEvent;

/// <summary>A memory dump is over; what went wrong, if anything did.</summary>
public sealed record DumpCompletedEvent(string Status, string? Error) : QmpEvent;

/// <summary>An event nobody here asks for.</summary>
public sealed record OtherEvent(string Name) : QmpEvent;

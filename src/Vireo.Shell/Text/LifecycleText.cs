using Vireo.Driver;

namespace Vireo.Shell.Text;

/// <summary>Words of lifecycle events.</summary>
static class LifecycleText
{
    static readonly (string Type, string[] Details)[] Words =
    [
        ("Defined", ["Added", "Updated", "Renamed", "Snapshot"]),
        ("Undefined", ["Removed", "Renamed"]),
        ("Started", ["Booted", "Migrated", "Restored", "Snapshot", "Event wakeup"]),
        ("Suspended", ["Paused", "Migrated", "I/O Error", "Watchdog", "Restored", "Snapshot", "API error", "Post-copy", "Post-copy Error"]),
        ("Resumed", ["Unpaused", "Migrated", "Snapshot", "Post-copy", "Post-copy Error"]),
        ("Stopped", ["Shutdown", "Destroyed", "Crashed", "Migrated", "Saved", "Failed", "Snapshot"]),
        ("Shutdown", ["Finished", "Finished after guest request", "Finished after host request"]),
        ("PMSuspended", ["Memory", "Disk"]),
        ("Crashed", ["Panicked", "Crashloaded"]),
    ];

    public static string Type(DomainEventType type) => (int)type < Words.Length ? Words[(int)type].Type : "unknown";

    public static string Detail(DomainEventType type, int detail) =>
        (int)type < Words.Length && detail >= 0 && detail < Words[(int)type].Details.Length ? Words[(int)type].Details[detail] : "unknown";
}

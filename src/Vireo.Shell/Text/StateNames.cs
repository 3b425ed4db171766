using Vireo.Driver;

namespace Vireo.Shell.Text;

/// <summary>virsh's words for states and reasons.</summary>
static class StateNames
{
    public static string Of(DomainState state) => state switch
    {
        DomainState.NoState => "no state",
        DomainState.Running => "running",
        DomainState.Blocked => "idle",
        DomainState.Paused => "paused",
        DomainState.Shutdown => "in shutdown",
        DomainState.ShutOff => "shut off",
        DomainState.Crashed => "crashed",
        DomainState.PmSuspended => "pmsuspended",
        _ => "unknown",
    };

    public static string ReasonOf(DomainStateReason now) => now.State switch
    {
        DomainState.Running => Pick(now.Reason, Running),
        DomainState.Paused => Pick(now.Reason, Paused),
        DomainState.Shutdown => Pick(now.Reason, ["unknown", "user"]),
        DomainState.ShutOff => Pick(now.Reason, ShutOff),
        DomainState.Crashed => Pick(now.Reason, ["unknown", "panicked"]),
        _ => "unknown",
    };

    static string Pick(int reason, string[] words) => reason >= 0 && reason < words.Length ? words[reason] : "unknown";

    static readonly string[] Running =
    [
        "unknown", "booted", "migrated", "restored", "from snapshot", "unpaused", "migration canceled", "save canceled",
        "event wakeup", "crashed", "post-copy", "post-copy failed",
    ];

    static readonly string[] Paused =
    [
        "unknown", "user", "migrating", "saving", "dumping", "I/O error", "watchdog", "from snapshot", "shutting down",
        "creating snapshot", "crashed", "starting up", "post-copy", "post-copy failed",
    ];

    static readonly string[] ShutOff = ["unknown", "shutdown", "destroyed", "crashed", "migrated", "saved", "failed", "from snapshot", "daemon"];
}

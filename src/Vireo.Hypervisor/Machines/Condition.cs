using Vireo.Driver;

namespace Vireo.Hypervisor.Machines;

/// <summary>States with their reasons, as status files write them.</summary>
public static class Condition
{
    static readonly string[] States = ["nostate", "running", "blocked", "paused", "shutdown", "shutoff", "crashed", "pmsuspended"];
    static readonly string[][] Reasons =
    [
        ["unknown"],
        ["unknown", "booted", "migrated", "restored", "from snapshot", "unpaused", "migration canceled", "save canceled", "wakeup",
            "crashed", "post-copy", "post-copy failed"],
        ["unknown"],
        ["unknown", "user", "migration", "save", "dump", "ioerror", "watchdog", "from snapshot", "shutdown", "snapshot", "panicked",
            "starting up", "post-copy", "post-copy failed"],
        ["unknown", "user"],
        ["unknown", "shutdown", "destroyed", "crashed", "migrated", "saved", "failed", "from snapshot", "daemon"],
        ["unknown", "panicked"],
        ["unknown"],
    ];

    /// <summary>Running.</summary>
    public static DomainStateReason Running(DomainRunningReason why) => new(DomainState.Running, (int)why);
    /// <summary>Paused.</summary>
    public static DomainStateReason Paused(DomainPausedReason why) => new(DomainState.Paused, (int)why);
    /// <summary>Going down.</summary>
    public static DomainStateReason Shutdown(DomainShutdownReason why) => new(DomainState.Shutdown, (int)why);
    /// <summary>Off.</summary>
    public static DomainStateReason ShutOff(DomainShutoffReason why) => new(DomainState.ShutOff, (int)why);
    /// <summary>Fell over.</summary>
    public static DomainStateReason Crashed(DomainCrashedReason why) => new(DomainState.Crashed, (int)why);
    /// <summary>Asleep.</summary>
    public static DomainStateReason PmSuspended => new(DomainState.PmSuspended, 0);

    /// <summary>The state's word in status files.</summary>
    public static string StateWord(this DomainStateReason of) => States[(int)of.State];

    /// <summary>The reason's word in status files.</summary>
    public static string ReasonWord(this DomainStateReason of) => Reasons[(int)of.State][of.Reason];

    /// <summary>Reads the two words; an unknown reason is "unknown", an unknown state is not read.</summary>
    public static bool TryParse(string? state, string? reason, out DomainStateReason condition)
    {
        int s = Array.IndexOf(States, state);
        condition = s < 0 ? default : new DomainStateReason((DomainState)s, Math.Max(0, Array.IndexOf(Reasons[s], reason)));
        return s >= 0;
    }
}

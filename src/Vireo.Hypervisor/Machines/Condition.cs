namespace Vireo.Hypervisor.Machines;

/// <summary>A state and why, as numbers for the wire and as words for the status file.</summary>
/// <param name="State">What the machine does.</param>
/// <param name="Reason">Why, in the numbering of that state.</param>
public readonly record struct Condition(MachineState State, int Reason)
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
    public static Condition Running(RunningReason why) => new(MachineState.Running, (int)why);
    /// <summary>Paused.</summary>
    public static Condition Paused(PausedReason why) => new(MachineState.Paused, (int)why);
    /// <summary>Going down.</summary>
    public static Condition Shutdown(ShutdownReason why) => new(MachineState.Shutdown, (int)why);
    /// <summary>Off.</summary>
    public static Condition ShutOff(ShutOffReason why) => new(MachineState.ShutOff, (int)why);
    /// <summary>Fell over.</summary>
    public static Condition Crashed(CrashedReason why) => new(MachineState.Crashed, (int)why);
    /// <summary>Asleep.</summary>
    public static Condition PmSuspended => new(MachineState.PmSuspended, 0);

    /// <summary>The state's word in status files.</summary>
    public string StateWord => States[(int)State];

    /// <summary>The reason's word in status files.</summary>
    public string ReasonWord => Reasons[(int)State][Reason];

    /// <summary>Reads the two words; an unknown reason is "unknown", an unknown state is not read.</summary>
    public static bool TryParse(string? state, string? reason, out Condition condition)
    {
        int s = Array.IndexOf(States, state);
        condition = s < 0 ? default : new Condition((MachineState)s, Math.Max(0, Array.IndexOf(Reasons[s], reason)));
        return s >= 0;
    }
}

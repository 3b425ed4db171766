using Vireo.Driver;
using static Vireo.Driver.DomainState;

namespace Vireo.Hypervisor.Machines;

/// <summary>What happens to a machine.</summary>
public enum Signal
{
    /// <summary>Its process is there, its processors are not started yet.</summary>
    Created,
    /// <summary>Its processors run.</summary>
    Resumed,
    /// <summary>Its processors stopped.</summary>
    Stopped,
    /// <summary>The guest turned the power off; the process is still there.</summary>
    PoweredOff,
    /// <summary>The guest was reset; it goes on as it was.</summary>
    Reset,
    /// <summary>The guest put itself to sleep.</summary>
    Suspended,
    /// <summary>The guest woke up.</summary>
    Woken,
    /// <summary>The guest fell over and is kept.</summary>
    Panicked,
    /// <summary>Its process is gone.</summary>
    Exited,
}

/// <summary>Which state follows which.</summary>
public static class Transitions
{
    /// <summary>The state after <paramref name="signal"/>; null if that cannot happen in <paramref name="now"/>.</summary>
    public static DomainState? Find(DomainState now, Signal signal) => (now, signal) switch
    {
        (ShutOff or NoState, Signal.Created)                          => Paused,
        (Paused or Running or Blocked or Crashed, Signal.Resumed)     => Running,
        (PmSuspended, Signal.Resumed or Signal.Woken)                 => Running,
        (Running, Signal.Woken)                                       => Running,
        (Shutdown, Signal.Resumed)                                    => Running,      // a reboot that is a reset in disguise
        (Running or Paused or Blocked, Signal.Stopped)                => Paused,
        (PmSuspended or Shutdown or Crashed, Signal.Stopped)          => now,
        (Running or Paused or Blocked or PmSuspended or Shutdown, Signal.PoweredOff) => Shutdown,
        (Running or Paused or Blocked or PmSuspended or Shutdown or Crashed, Signal.Reset) => now,
        (Running or Paused or PmSuspended, Signal.Suspended)          => PmSuspended,
        (Running or Paused or Blocked or Crashed, Signal.Panicked)    => Crashed,
        (_, Signal.Exited)                                            => ShutOff,
        _ => null,
    };

    /// <summary>A machine in this state has a process.</summary>
    public static bool IsActive(DomainState state) => state is not (ShutOff or NoState);
}

using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Lets the CPUs run.</summary>
public sealed record Cont : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "cont";
}

/// <summary>Stops the CPUs.</summary>
public sealed record Stop : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "stop";
}

/// <summary>Presses the ACPI power button.</summary>
public sealed record SystemPowerdown : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "system_powerdown";
}

/// <summary>Presses the reset button.</summary>
public sealed record SystemReset : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "system_reset";
}

/// <summary>Wakes a guest that sleeps to memory.</summary>
public sealed record SystemWakeup : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "system_wakeup";
}

/// <summary>Interrupts the guest in a way that it cannot ignore.</summary>
public sealed record InjectNmi : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "inject-nmi";
}

/// <summary>Forgets clock ticks that the guest has missed, after its clock was set.</summary>
public sealed record RtcResetReinjection : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "rtc-reset-reinjection";
}

/// <summary>What the CPUs do.</summary>
public sealed record RunState(bool Running, string Status);

/// <summary>Asks what the CPUs do.</summary>
public sealed record QueryStatus : IQmpCommand<RunState>
{
    /// <inheritdoc/>
    public string Name => "query-status";

    /// <inheritdoc/>
    public RunState Read(JsonElement reply) => new(reply.Flag("running") ?? false, reply.Text("status") ?? "");
}

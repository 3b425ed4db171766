using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Hypervisor.Machines;

/// <summary>What the machines of a driver have in common.</summary>
public sealed record MachineOptions
{
    /// <summary>The driver, as errors name it.</summary>
    public ErrorDomain Domain { get; init; } = ErrorDomain.Domain;
    /// <summary>How long a change waits for its turn.</summary>
    public TimeSpan JobPatience { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>How many changes may wait for one machine; 0: any number.</summary>
    public int MaxQueued { get; init; }
    /// <summary>Time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
    /// <summary>Where machines tell what happened: those of one machine in their order. A sink must not block.</summary>
    public EventHub<DomainEvent> Events { get; init; } = new();
    /// <summary>Told how many machines run, whenever that changes; the last word is always right. Must not block.</summary>
    public Action<int> ActiveCountChanged { get; init; } = static _ => { };
    /// <summary>Told of a fault in what was posted to a mailbox: a defect, to be logged.</summary>
    public Action<string, Exception> LetterFailed { get; init; } = static (_, _) => { };
}

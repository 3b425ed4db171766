using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Who holds machines, and who waits for them. Beyond libvirt.</summary>
[Capability(ErrorDomain.Domain, Program = WireProgram.Vireo)]
public interface IMachineJobs
{
    /// <summary>Every machine that somebody holds or waits for, in the order of their names. No flags are known.</summary>
    [Procedure(1, Priority.High, Inline = true, Shape = Shape.Counted), CExport("vireoListMachineJobs")]
    [Acl(ConnectRight.SearchDomains)]
    [Acl(DomainRight.Read, Filter = true)]
    [return: Bound(16384)]
    ValueTask<MachineJobs[]> ListJobsAsync(uint flags, CancellationToken cancel);
}

/// <summary>The jobs of one machine.</summary>
/// <param name="Domain">The machine.</param>
/// <param name="Jobs">Those that hold it, then those that wait, as they will have their turn.</param>
public readonly record struct MachineJobs(DomainRef Domain, [Bound(4096)] MachineJobNote[] Jobs);

/// <summary>A job of a machine.</summary>
/// <param name="Holds">It has the machine; otherwise it waits.</param>
/// <param name="Kind">libvirt's word: "modify", "migration out".</param>
/// <param name="Operation">What is done, as "remoteDispatchDomainSuspend".</param>
/// <param name="Who">For whom; null: for the daemon itself.</param>
/// <param name="Milliseconds">Since when it holds or waits.</param>
public readonly record struct MachineJobNote(bool Holds, string Kind, string Operation, string? Who, ulong Milliseconds);

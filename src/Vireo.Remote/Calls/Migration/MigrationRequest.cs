using Vireo.Core.TypedParameters;
using Vireo.Driver;

namespace Vireo.Remote.Calls;

/// <summary>What is to move, and how.</summary>
/// <param name="Domain">The machine, at the source.</param>
/// <param name="Flags">How.</param>
public sealed record MigrationRequest(DomainRef Domain, DomainMigrateFlags Flags)
{
    /// <summary>The function that the caller called, for errors that name it.</summary>
    public required string Function { get; init; }

    /// <summary>The machine's name at the target; null: as at the source.</summary>
    public string? Name { get; init; }

    /// <summary>Where the target's hypervisor listens; null: the target says it.</summary>
    public string? Uri { get; init; }

    /// <summary>The machine's document for the target; null: the source's.</summary>
    public string? Xml { get; init; }

    /// <summary>How fast memory may be sent, in MiB a second; 0: as fast as it goes.</summary>
    public ulong Bandwidth { get; init; }

    /// <summary>All of that and more by name, in place of the members above; null: the members hold.</summary>
    public IReadOnlyList<TypedParameter>? Parameters { get; init; }

    /// <summary>Where the source finds the target's daemon, if the two do it between them.</summary>
    public string? TargetUri { get; init; }
}

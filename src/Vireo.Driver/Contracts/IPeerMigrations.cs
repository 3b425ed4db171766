using Vireo.Core.TypedParameters;

namespace Vireo.Driver.Contracts;

/// <summary>Migrations that this daemon leads itself, as a client of the target's.</summary>
public interface IPeerMigrations
{
    /// <summary>Moves a machine of a connection to where a URI leads.</summary>
    /// <param name="source">The connection that has the machine, and offers the steps of a migration to a target of a version: that of libvirt, major * 1,000,000 + minor * 1,000 + release.</param>
    /// <param name="migration">What is to move, and how.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="Core.Errors.VireoException">The target cannot be reached, or a step failed; what the steps before did is undone.</exception>
    ValueTask LeadAsync(Func<ulong, IDriverConnection> source, PeerMigration migration, CancellationToken cancel);
}

/// <summary>A migration between two daemons.</summary>
/// <param name="Domain">The machine, at the source.</param>
/// <param name="TargetUri">Where the target's daemon is.</param>
/// <param name="Flags">How.</param>
/// <param name="Parameters">How, by name.</param>
public sealed record PeerMigration(DomainRef Domain, string TargetUri, DomainMigrateFlags Flags, IReadOnlyList<TypedParameter> Parameters)
{
    /// <summary>Seconds of silence after which the target is asked whether it is there; 0 or less: never.</summary>
    public int KeepaliveInterval { get; init; }

    /// <summary>How many of these questions may stay unanswered before it is given up.</summary>
    public int KeepaliveCount { get; init; }

    /// <summary>Sends the machine's state through a tunnel: is given the target's cookie, gives one for it; null: the hypervisors connect to each other.</summary>
    public Func<byte[], IMigrationTunnel, CancellationToken, ValueTask<byte[]>>? Send { get; init; }
}

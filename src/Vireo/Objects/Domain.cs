using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Model.Domain;

namespace Vireo;

/// <summary>A domain, as it was when it was looked up; its operations ask the hypervisor anew.</summary>
[Wraps(typeof(DomainRef), Without = "IDomainMigrationV IDomainMigrationTunnel IDomainMigrationParameters IDomainPower.CreateAsync")]
public sealed partial class Domain
{
    /// <summary>Starts it; <see cref="Id"/> is then that of what runs.</summary>
    public async Task StartAsync(DomainCreateFlags flags = default, CancellationToken cancel = default) =>
        Ref = await connection.Require<IDomainPower>().CreateAsync(Ref, flags, cancel).ConfigureAwait(false);

    /// <summary>Its document, read.</summary>
    /// <param name="flags">Which document; with <see cref="DomainXmlFlags.Inactive"/>, that of its next start.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<DomainDef> GetDefinitionAsync(DomainXmlFlags flags = default, CancellationToken cancel = default) =>
        DomainDef.Parse(
            await GetXmlAsync(flags, cancel).ConfigureAwait(false), (flags & DomainXmlFlags.Inactive) != 0 ? DomainParse.Inactive : DomainParse.None);

    /// <summary>Moves it to another host; the daemons talk to each other.</summary>
    /// <param name="to">The other daemon's URI, as this domain's daemon reaches it.</param>
    /// <param name="flags">How; <see cref="DomainMigrateFlags.PeerToPeer"/> is implied.</param>
    /// <param name="parameters">More to choose: VIR_MIGRATE_PARAM_* by name.</param>
    /// <param name="cancel">Gives up waiting; <c>AbortJobAsync</c> ends a migration.</param>
    public async Task MigrateToAsync(
        string to, DomainMigrateFlags flags = default, IEnumerable<TypedParameter>? parameters = null, CancellationToken cancel = default) =>
        await connection.Require<IDomainMigrationParameters>()
            .PerformAsync(Ref, to, [.. parameters ?? []], [], flags | DomainMigrateFlags.PeerToPeer, cancel).ConfigureAwait(false);

    /// <summary>Events of this domain, as they come; see <see cref="Connection.WatchDomainsAsync"/>.</summary>
    public IAsyncEnumerable<Observed<DomainEvent>> WatchAsync(IEnumerable<DomainEventId>? kinds = null, CancellationToken cancel = default) =>
        connection.WatchDomainsAsync(kinds, this, cancel);
}

using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Remote;
using Vireo.Remote.Calls;

namespace Vireo.Daemon.Roles;

/// <summary>Leads migrations with the client's steps, between a connection within the daemon and one to the target.</summary>
sealed class PeerMigrations : IPeerMigrations
{
    const string Function = "virDomainMigratePerform3Params";

    /// <inheritdoc/>
    public async ValueTask LeadAsync(Func<ulong, IDriverConnection> source, PeerMigration migration, CancellationToken cancel)
    {
        IDriverConnection target = await RemoteDriver.Asynchronous().OpenAsync(ConnectionUri.Parse(migration.TargetUri), Caller.Self, cancel).ConfigureAwait(false)
            ?? throw VireoException.NoSupport(Function, ErrorDomain.Qemu);
        await using (target.ConfigureAwait(false))
        {
            if (migration.KeepaliveInterval > 0)
                (target as RemoteClient)?.StartKeepalive(TimeSpan.FromSeconds(migration.KeepaliveInterval), migration.KeepaliveCount);
            ulong version = await target.Capabilities.Find<IConnectionInfo>()!.GetLibraryVersionAsync(cancel).ConfigureAwait(false);
            // A target takes a tunnel only from one who says that it is a daemon.
            bool tunnelled = migration.Send is not null;
            var request = new MigrationRequest(migration.Domain, tunnelled ? migration.Flags : migration.Flags & ~DomainMigrateFlags.PeerToPeer)
            {
                Function = Function, Parameters = migration.Parameters,
            };
            if (migration.Send is { } send)
                await ClientMigration.MoveThroughAsync(new LocalSource(source(version)), target, request, new SendThrough(send), cancel).ConfigureAwait(false);
            else
                await ClientMigration.MoveAsync(new LocalSource(source(version)), target, request, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>A connection within the daemon as the client's steps want it. It is its client's, and not closed here.</summary>
    sealed class LocalSource(IDriverConnection source) : IDriverConnection, IDaemonFeatures
    {
        public string Uri => source.Uri;

        public CapabilitySet Capabilities => source.Capabilities;

        public ValueTask<bool> HasAsync(DriverFeature feature, CancellationToken cancel) =>
            source.Capabilities.Find<IConnectionInfo>()?.SupportsFeatureAsync(feature, cancel) ?? new(false);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using Vireo.Driver;
using Vireo.Drivers.Qemu.Capabilities;

namespace Vireo.Drivers.Qemu.Migrate.Source;

/// <summary>A client's connection while this daemon leads a migration for it to a target that it knows. It is the client's, and not closed here.</summary>
/// <param name="connection">The client's.</param>
/// <param name="migrations">The steps to that target.</param>
sealed class LedSource(QemuConnection connection, DomainMigrations migrations) : IDriverConnection
{
    public string Uri => connection.Uri;

    public CapabilitySet Capabilities { get; } =
        connection.Capabilities.And<IDomainMigrationV3>(migrations).And<IDomainMigrationParameters>(migrations);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

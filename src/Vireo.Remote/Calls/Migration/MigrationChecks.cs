using Vireo.Core.Errors;
using Vireo.Core.Values;
using Vireo.Driver;

namespace Vireo.Remote.Calls;

/// <summary>What cannot be asked of a migration, in libvirt's words and in its order.</summary>
static class MigrationChecks
{
    const DomainMigrateFlags Incremental = DomainMigrateFlags.NonSharedInc, Whole = DomainMigrateFlags.NonSharedDisk;

    /// <summary>Flags that contradict each other.</summary>
    internal static void Together(DomainMigrateFlags flags, string function)
    {
        if (flags.HasFlag(Incremental | Whole))
            throw Wrong(function, "ctl", "Flags 'VIR_MIGRATE_NON_SHARED_DISK' and 'VIR_MIGRATE_NON_SHARED_INC' are mutually exclusive");
        if (flags.HasFlag(DomainMigrateFlags.NonSharedSynchronousWrites) && (flags & (Incremental | Whole)) is 0)
            throw Wrong(function, "ctl", "Flag 'VIR_MIGRATE_NON_SHARED_DISK | VIR_MIGRATE_NON_SHARED_INC' is required by flag 'VIR_MIGRATE_NON_SHARED_SYNCHRONOUS_WRITES'");
    }

    /// <summary>A machine that does not run can only be moved by who knows how.</summary>
    internal static async ValueTask OfflineAsync(DomainMigrateFlags flags, IDriverConnection source, IDriverConnection? target, CancellationToken cancel)
    {
        if (!flags.HasFlag(DomainMigrateFlags.Offline))
            return;
        if (!await HasAsync(source, DriverFeature.MigrationOffline, cancel).ConfigureAwait(false))
            throw Unsupported("offline migration is not supported by the source host");
        if (target is not null && !await HasAsync(target, DriverFeature.MigrationOffline, cancel).ConfigureAwait(false))
            throw Unsupported("offline migration is not supported by the destination host");
    }

    /// <summary>Nothing else may change the machine meanwhile.</summary>
    internal static async ValueTask ProtectedAsync(DomainMigrateFlags flags, IDriverConnection source, CancellationToken cancel)
    {
        if (flags.HasFlag(DomainMigrateFlags.ChangeProtection) && !await HasAsync(source, DriverFeature.MigrateChangeProtection, cancel).ConfigureAwait(false))
            throw Unsupported("cannot enforce change protection");
    }

    /// <summary>The target of a source that connects to it itself has to be another host: one that is named, or a socket that somebody means.</summary>
    internal static void NotLocal(string target)
    {
        UriText uri = UriText.Parse(target);
        if (uri.Server is null ? !IsSocket(uri) : uri.Server.StartsWith("localhost", StringComparison.Ordinal))
            throw Wrong("virDomainMigrateCheckNotLocal", "dconnuri", "Attempt to migrate guest to the same host");
    }

    static bool IsSocket(UriText uri) => uri.Scheme?.EndsWith("+unix", StringComparison.Ordinal) is true && uri.Parameters.Any(static p => p.Key is "socket");

    /// <summary>Whether both can.</summary>
    internal static async ValueTask<bool> BothAsync(IDriverConnection source, IDriverConnection target, DriverFeature feature, CancellationToken cancel) =>
        await HasAsync(source, feature, cancel).ConfigureAwait(false) && await HasAsync(target, feature, cancel).ConfigureAwait(false);

    /// <summary>Drivers within the process move nothing.</summary>
    internal static ValueTask<bool> HasAsync(IDriverConnection connection, DriverFeature feature, CancellationToken cancel) =>
        connection is IDaemonFeatures daemon ? daemon.HasAsync(feature, cancel) : new(false);

    internal static VireoException Unsupported(string what) => new(ErrorCode.ArgumentUnsupported, ErrorDomain.Domain, what);

    /// <summary>The text alone, with whose argument it is.</summary>
    internal static VireoException Wrong(string function, string argument, string what) =>
        new(new VirError(ErrorCode.InvalidArg, ErrorDomain.Domain, what, Str1: function, Str2: argument, Int1: 0, Int2: 0));
}

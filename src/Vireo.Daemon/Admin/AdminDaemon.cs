using Vireo.Core.Errors;
using Vireo.Core.Logging;
using Vireo.Daemon.Logging;
using Vireo.Daemon.Service;
using Vireo.Driver;

namespace Vireo.Daemon.Admin;

/// <summary>The daemon as a whole, as administrators see and change it.</summary>
sealed class AdminDaemon(Activity activity) : IAdminDaemon
{
    /// <summary>What libraries and daemon say until a later release is whole.</summary>
    const ulong LibraryVersion = 9_000_000;

    public ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel) => new(LibraryVersion);

    public ValueTask SetTimeoutAsync(uint timeout, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminConnectSetDaemonTimeout");
        activity.ChangeTimeout(timeout == 0 ? null : TimeSpan.FromSeconds(timeout));
        return default;
    }
}

/// <summary>The daemon's log, as administrators see and change it. What they change holds until the configuration is read again.</summary>
sealed class AdminLogging(DaemonLog log, string defaultOutput) : IAdminLogging
{
    public ValueTask<LoggingOutputs> GetOutputsAsync(uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminConnectGetLoggingOutputs");
        LogSettings now = log.Settings;
        return new(new LoggingOutputs(now.OutputsText, (uint)now.Targets.Count));
    }

    public ValueTask<LoggingFilters> GetFiltersAsync(uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminConnectGetLoggingFilters");
        LogSettings now = log.Settings;
        return new(new LoggingFilters(now.Filters.Count == 0 ? null : now.FiltersText, (uint)now.Filters.Count));
    }

    public ValueTask SetOutputsAsync(string? outputs, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminConnectSetLoggingOutputs");
        log.Change(log.Settings.WithOutputs(outputs, defaultOutput));
        return default;
    }

    public ValueTask SetFiltersAsync(string? filters, uint flags, CancellationToken cancel)
    {
        AdminErrors.NoFlags(flags, "adminConnectSetLoggingFilters");
        log.Change(log.Settings.WithFilters(filters));
        return default;
    }
}

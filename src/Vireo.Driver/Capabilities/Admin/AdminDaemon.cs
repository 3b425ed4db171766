using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>The daemon as a whole.</summary>
[Capability(ErrorDomain.Admin, Program = WireProgram.Admin)]
public interface IAdminDaemon
{
    /// <summary>The daemon's library version: major * 1,000,000 + minor * 1,000 + release.</summary>
    [Procedure(3, Inline = true), CExport("virAdmConnectGetLibVersion")]
    ValueTask<ulong> GetLibraryVersionAsync(CancellationToken cancel);

    /// <summary>After how many seconds without a client or a guest the daemon ends; 0: never.</summary>
    [Procedure(19), CExport("virAdmConnectSetDaemonTimeout")]
    ValueTask SetTimeoutAsync(uint timeout, uint flags, CancellationToken cancel);
}

/// <summary>What the daemon logs, and where to. Both are texts as in the daemon's configuration.</summary>
[Capability(ErrorDomain.Admin, Program = WireProgram.Admin)]
public interface IAdminLogging
{
    /// <summary>Where to, and how many places that are.</summary>
    [Procedure(14), CExport("virAdmConnectGetLoggingOutputs")]
    ValueTask<LoggingOutputs> GetOutputsAsync(uint flags, CancellationToken cancel);

    /// <summary>What is let through, and how many filters that are.</summary>
    [Procedure(15), CExport("virAdmConnectGetLoggingFilters")]
    ValueTask<LoggingFilters> GetFiltersAsync(uint flags, CancellationToken cancel);

    /// <summary>Logs to other places; null or empty: to the default one.</summary>
    [Procedure(16), CExport("virAdmConnectSetLoggingOutputs")]
    ValueTask SetOutputsAsync(string? outputs, uint flags, CancellationToken cancel);

    /// <summary>Lets other things through; null or empty: no filters.</summary>
    [Procedure(17), CExport("virAdmConnectSetLoggingFilters")]
    ValueTask SetFiltersAsync(string? filters, uint flags, CancellationToken cancel);
}

namespace Vireo.Driver;

/// <summary>Names a server of a daemon.</summary>
public readonly record struct AdminServerRef(string Name);

/// <summary>Names a client of a server.</summary>
/// <param name="Server">Whose client it is.</param>
/// <param name="Id">Its number there.</param>
/// <param name="ConnectedSince">When it came, in seconds since 1970.</param>
/// <param name="Transport">How it came.</param>
public readonly record struct AdminClientRef(
    AdminServerRef Server, ulong Id, long ConnectedSince, [Wire(WireType.UInt)] ClientTransport Transport);

/// <summary>Where a daemon logs to, and how many places that are.</summary>
public readonly record struct LoggingOutputs(string Outputs, uint Count);

/// <summary>What a daemon's log lets through, and how many filters that are.</summary>
public readonly record struct LoggingFilters(string? Filters, uint Count);

using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>The drivers of a process. The first that knows a URI opens it.</summary>
public sealed class DriverSet(params IReadOnlyList<IDriver> drivers)
{
    /// <summary>The drivers, in the order they are asked.</summary>
    public IReadOnlyList<IDriver> Drivers { get; } = drivers;

    /// <summary>Opens a connection; an empty name lets the drivers say which is the default.</summary>
    public async ValueTask<OpenedConnection> OpenAsync(string? name, Caller caller, CancellationToken cancel)
    {
        ConnectionUri? uri = string.IsNullOrEmpty(name) ? null : ConnectionUri.Parse(name);
        foreach (IDriver driver in Drivers)
        {
            if (await driver.OpenAsync(uri, caller, cancel).ConfigureAwait(false) is { } connection)
                return new(driver.Type, connection);
        }
        throw new VireoException(ErrorCode.NoConnect, ErrorDomain.None, string.IsNullOrEmpty(name) ? null : name);
    }
}

/// <summary>A driver connection and the type of the driver that made it.</summary>
public readonly record struct OpenedConnection(string DriverType, IDriverConnection Connection);

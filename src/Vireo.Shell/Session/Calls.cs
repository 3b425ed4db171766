using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Shell.Session;

/// <summary>
/// The way to a connection's capabilities. A missing one, or a change on a read-only connection, is the error that the C
/// library gives, with the name of its function.
/// </summary>
sealed class Calls(CapabilitySet capabilities, bool readOnly)
{
    /// <summary>For looking.</summary>
    public T Read<T>(string symbol) where T : class => capabilities.Find<T>() ?? throw VireoException.NoSupport(symbol, ErrorDomain.None);

    /// <summary>For changing.</summary>
    public T Write<T>(string symbol) where T : class => readOnly
        ? throw new VireoException(ErrorCode.OperationDenied, ErrorDomain.None, $"read only access prevents {symbol}")
        : Read<T>(symbol);
}

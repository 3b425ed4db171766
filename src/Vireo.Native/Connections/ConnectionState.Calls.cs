using Vireo.Core.Errors;

namespace Vireo.Native.Connections;

/// <content>What stands before every call.</content>
sealed unsafe partial class ConnectionState
{
    /// <summary>The driver's implementation of a capability.</summary>
    /// <exception cref="VireoException">It has none: not supported.</exception>
    internal T Require<T>(string function, ErrorDomain domain) where T : class =>
        Driver.Capabilities.Find<T>() ?? throw VireoException.NoSupport(function, domain);

    /// <summary>Refuses a change on a read-only connection.</summary>
    internal void RequireWrite(string function, ErrorDomain domain, bool secure = false)
    {
        if (ReadOnly)
            throw new VireoException(ErrorCode.OperationDenied, domain, secure ? $"{function} with secure flag" : $"read only access prevents {function}");
    }
}

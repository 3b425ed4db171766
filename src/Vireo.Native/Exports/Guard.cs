using System.Runtime.CompilerServices;
using Vireo.Core.Errors;
using Vireo.Native.Connections;
using Vireo.Native.Errors;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Vireo.Native.Logging;
using Vireo.Remote;

namespace Vireo.Native.Exports;

/// <summary>What stands around every exported function: no exception leaves, and what went wrong is told the way libvirt does.</summary>
static unsafe class Guard
{
    /// <summary>Reports what went wrong in a function that was given this handle (null: none).</summary>
    internal static void Report(Exception failure, Handle* of, [CallerMemberName] string function = "", [CallerLineNumber] int line = 0) =>
        Report(ErrorOf(failure), of, function, line);

    /// <summary>The same for an error that was not thrown.</summary>
    internal static void Report(VirError error, Handle* of, [CallerMemberName] string function = "", [CallerLineNumber] int line = 0)
    {
        try
        {
            Log.Failed(error.Message, function, line);
            CError* set = ThreadError.Set(error);
            ConnectionState? connection = ConnectionState.Find(of);
            connection?.LastError.Set(set);
            ErrorHandlers.Tell(set, connection?.ErrorHandler ?? default);
        }
        catch (OutOfMemoryException)
        {
            ThreadError.Reset();
        }
    }

    /// <summary>A function that has no body yet, or whose driver does not have it.</summary>
    internal static void NotSupported(string function, ErrorDomain domain, Handle* of) =>
        Report(VirError.Of(ErrorCode.NoSupport, domain, function), of, function);

    static VirError ErrorOf(Exception failure) => failure switch
    {
        VireoException known => known.Error,
        OutOfMemoryException => VirError.Of(ErrorCode.NoMemory, ErrorDomain.None),
        OperationCanceledException => VirError.Of(ErrorCode.OperationAborted, ErrorDomain.Rpc, "the connection was closed"),
        _ => VirError.Of(ErrorCode.InternalError, ErrorDomain.None, $"{failure.GetType().Name}: {failure.Message}"),
    };
}

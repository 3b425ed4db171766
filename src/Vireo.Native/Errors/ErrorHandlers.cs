using Vireo.Native.Interop;

namespace Vireo.Native.Errors;

/// <summary>Who is told of errors: <c>virErrorFunc</c>, for the whole process or for one connection.</summary>
unsafe struct ErrorHandler
{
    public delegate* unmanaged<void*, CError*, void> Function;
    public void* Data;
}

/// <summary>Tells of errors. No lock is held while somebody else's code runs.</summary>
static unsafe class ErrorHandlers
{
    static readonly Lock gate = new();
    static ErrorHandler global;

    /// <summary>The handler of the process (virSetErrorFunc); no function: errors are printed to standard error.</summary>
    internal static ErrorHandler Global
    {
        get
        {
            lock (gate)
                return global;
        }
        set
        {
            lock (gate)
                global = value;
        }
    }

    /// <summary>Tells the connection's handler, else that of the process, else standard error.</summary>
    internal static void Tell(CError* error, ErrorHandler ofConnection)
    {
        ErrorHandler handler = ofConnection.Function is not null ? ofConnection : Global;
        if (handler.Function is not null)
            handler.Function(handler.Data, error);
        else
            DefaultErrorFunc.Print(error);
    }
}

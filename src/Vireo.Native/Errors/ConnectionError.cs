using Vireo.Native.Interop;

namespace Vireo.Native.Errors;

/// <summary>The last error of a connection. Another thread may change it at any time; the pointer stays good as long as the connection.</summary>
sealed unsafe class ConnectionError
{
    readonly Lock gate = new();
    CError* error = CMemory.New<CError>();

    /// <summary>Code 0: there is none.</summary>
    internal CError* Pointer => error;

    /// <summary>Keeps a copy.</summary>
    internal void Set(CError* of)
    {
        lock (gate)
        {
            if (error is not null)
                ErrorCopies.Copy(of, error);
        }
    }

    /// <summary>Puts a copy into the caller's structure, which need not have been emptied before.</summary>
    internal void CopyTo(CError* copy)
    {
        lock (gate)
            ErrorCopies.CopyAnew(error, copy);
    }

    /// <summary>There is none any longer.</summary>
    internal void Reset()
    {
        lock (gate)
        {
            if (error is not null)
                ErrorCopies.Clear(error);
        }
    }

    /// <summary>The connection is gone: there is nowhere to keep an error any longer.</summary>
    internal void Free()
    {
        lock (gate)
        {
            if (error is null)
                return;
            ErrorCopies.Clear(error);
            Libc.free(error);
            error = null;
        }
    }
}

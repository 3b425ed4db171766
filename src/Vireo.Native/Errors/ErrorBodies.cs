using Vireo.Core.Errors;
using Vireo.Native.Connections;
using Vireo.Native.Exports;
using Vireo.Native.Handles;
using Vireo.Native.Interop;

namespace Vireo.Native.Errors;

/// <summary>The functions of virterror.h. None of them changes the thread's error but those that are for that.</summary>
static unsafe class ErrorBodies
{
    static readonly byte* noError = CMemory.Text("no error"), unknownError = CMemory.Text("unknown error");

    [CBody("virGetLastError", KeepsError = true)]
    internal static CError* GetLast() => ThreadError.Current;

    [CBody("virGetLastErrorCode", KeepsError = true)]
    internal static int GetLastCode() => ThreadError.Current is not null ? ThreadError.Current->Code : 0;

    [CBody("virGetLastErrorDomain", KeepsError = true)]
    internal static int GetLastDomain() => ThreadError.Current is not null ? ThreadError.Current->Domain : 0;

    [CBody("virGetLastErrorMessage", KeepsError = true)]
    internal static byte* GetLastMessage()
    {
        CError* error = ThreadError.Current;
        return error is null ? noError : error->Message is null ? unknownError : error->Message;
    }

    [CBody("virResetLastError")]
    internal static void ResetLast()
    {
    }

    [CBody("virCopyLastError", KeepsError = true)]
    internal static int CopyLast(CError* copy)
    {
        if (copy is null)
            return -1;
        ErrorCopies.CopyAnew(ThreadError.Current, copy);
        return copy->Code;
    }

    [CBody("virSaveLastError", KeepsError = true)]
    internal static CError* SaveLast()
    {
        CError* saved = CMemory.New<CError>();
        ErrorCopies.CopyAnew(ThreadError.Current, saved);
        return saved;
    }

    [CBody("virResetError", KeepsError = true)]
    internal static void Reset(CError* error)
    {
        if (error is not null)
            ErrorCopies.Clear(error);
    }

    [CBody("virFreeError", KeepsError = true)]
    internal static void Free(CError* error)
    {
        // A program's mistake that libvirt's own memory survives: the thread's error is not the program's.
        bool own = !ThreadError.Owns(error);
        Reset(error);
        if (own)
            Libc.free(error);
    }

    [CBody("virSetErrorFunc", KeepsError = true)]
    internal static void SetFunction(void* data, nint function) => ErrorHandlers.Global = Handler(data, function);

    [CBody("virConnSetErrorFunc", KeepsError = true)]
    internal static void SetConnectionFunction(Handle* connection, void* data, nint function)
    {
        if (ConnectionState.Find(connection) is { } state)
            state.ErrorHandler = Handler(data, function);
    }

    [CBody("virConnGetLastError", KeepsError = true)]
    internal static CError* GetConnectionLast(Handle* connection) => ConnectionState.Find(connection) is { } state ? state.LastError.Pointer : null;

    [CBody("virConnCopyLastError", KeepsError = true)]
    internal static int CopyConnectionLast(Handle* connection, CError* copy)
    {
        if (copy is null || ConnectionState.Find(connection) is not { } state)
            return -1;
        state.LastError.CopyTo(copy);
        return copy->Code;
    }

    [CBody("virConnResetLastError", KeepsError = true)]
    internal static void ResetConnectionLast(Handle* connection) => ConnectionState.Find(connection)?.LastError.Reset();

    [CBody("virDefaultErrorFunc", KeepsError = true)]
    internal static void Print(CError* error) => DefaultErrorFunc.Print(error);

    static ErrorHandler Handler(void* data, nint function) =>
        new() { Data = data, Function = (delegate* unmanaged<void*, CError*, void>)function };
}

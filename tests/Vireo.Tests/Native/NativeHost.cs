using System.Runtime.InteropServices;
using System.Text;
using Vireo.Native.Exports;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Xunit;

namespace Vireo.Tests.Native;

/// <summary>A connection of the C library to test:///default, called as C calls it.</summary>
sealed unsafe class NativeHost : IDisposable
{
    internal NativeHost(bool readOnly = false)
    {
        fixed (byte* uri = "test:///default\0"u8)
            Connection = readOnly ? ((delegate* unmanaged<byte*, Handle*>)&CExports.virConnectOpenReadOnly)(uri) : ((delegate* unmanaged<byte*, Handle*>)&CExports.virConnectOpen)(uri);
        Assert.True(Connection is not null, LastError);
    }

    internal Handle* Connection { get; }

    internal Handle* Domain(string name = "test")
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + "\0"))
            return ((delegate* unmanaged<Handle*, byte*, Handle*>)&CExports.virDomainLookupByName)(Connection, text);
    }

    /// <summary>The calling thread's error as "code domain message"; empty: there is none.</summary>
    internal static string LastError
    {
        get
        {
            CError* error = ((delegate* unmanaged<CError*>)&CExports.virGetLastError)();
            return error is null ? "" : $"{error->Code} {error->Domain} {Marshal.PtrToStringUTF8((nint)error->Message)}";
        }
    }

    internal static void Quiet()
    {
        // Errors are looked at, not printed.
        ((delegate* unmanaged<void*, nint, void>)&CExports.virSetErrorFunc)(null, (nint)(delegate* unmanaged<void*, CError*, void>)&Ignore);
    }

    [UnmanagedCallersOnly]
    static void Ignore(void* data, CError* error)
    {
    }

    internal static int Close(Handle* connection) => ((delegate* unmanaged<Handle*, int>)&CExports.virConnectClose)(connection);

    internal static int Free(Handle* domain) => ((delegate* unmanaged<Handle*, int>)&CExports.virDomainFree)(domain);

    public void Dispose() => _ = Close(Connection);
}

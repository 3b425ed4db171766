using System.Runtime.InteropServices;

namespace Vireo.Rpc.Security;

/// <summary>
/// The functions of Cyrus SASL (libsasl2) that a server needs. Loaded when the first is called. The library reads its own
/// configuration, <c>/etc/sasl2/libvirt.conf</c>; SASL_CONF_PATH names another folder.
/// </summary>
static unsafe partial class Sasl
{
    internal const int SASL_OK = 0, SASL_CONTINUE = 1;
    internal const int SASL_USERNAME = 0, SASL_SSF = 1, SASL_MAXOUTBUF = 2, SASL_SSF_EXTERNAL = 100, SASL_SEC_PROPS = 101;
    internal const uint SASL_SEC_NOPLAINTEXT = 1, SASL_SEC_NOANONYMOUS = 0x10, SASL_SUCCESS_DATA = 4;

    const string Library = "libsasl2.so.2";

    [StructLayout(LayoutKind.Sequential)]
    internal struct SecurityProperties
    {
        public uint MinSsf, MaxSsf, MaxBuffer, Flags;
        public nint Names, Values;
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial int sasl_server_init(nint callbacks, string application);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sasl_server_new(
        string service, string? host, string? realm, string? local, string? remote, nint callbacks, uint flags, nint* connection);
    [LibraryImport(Library)] internal static partial void sasl_dispose(nint* connection);
    [LibraryImport(Library)] internal static partial int sasl_setprop(nint connection, int property, void* value);
    [LibraryImport(Library)] internal static partial int sasl_getprop(nint connection, int property, void** value);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sasl_listmech(
        nint connection, string? user, string prefix, string separator, string suffix, byte** result, uint* length, int* count);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sasl_server_start(nint connection, string mechanism, byte* data, uint length, byte** answer, uint* answerLength);
    [LibraryImport(Library)] internal static partial int sasl_server_step(nint connection, byte* data, uint length, byte** answer, uint* answerLength);
    [LibraryImport(Library)] internal static partial int sasl_encode(nint connection, byte* data, uint length, byte** answer, uint* answerLength);
    [LibraryImport(Library)] internal static partial int sasl_decode(nint connection, byte* data, uint length, byte** answer, uint* answerLength);
    [LibraryImport(Library)] private static partial nint sasl_errdetail(nint connection);
    [LibraryImport(Library)] private static partial nint sasl_errstring(int error, nint languages, nint* language);

    [LibraryImport(Library)]
    private static partial void sasl_set_mutex(
        delegate* unmanaged<void*> allocate, nint take, nint release, delegate* unmanaged<void*, void> free);

    /// <summary>
    /// Prepares the library, once. It has tables of its own and no locks: a program with threads gives it some.
    /// </summary>
    internal static int Prepare()
    {
        nint libc = NativeLibrary.Load("libc.so.6");
        sasl_set_mutex(&NewMutex, NativeLibrary.GetExport(libc, "pthread_mutex_lock"), NativeLibrary.GetExport(libc, "pthread_mutex_unlock"), &FreeMutex);
        return sasl_server_init(0, "libvirt");
    }

    // All zeros is PTHREAD_MUTEX_INITIALIZER; the largest pthread_mutex_t of our architectures has 48 bytes.
    [UnmanagedCallersOnly]
    static void* NewMutex() => NativeMemory.AllocZeroed(64);

    [UnmanagedCallersOnly]
    static void FreeMutex(void* mutex) => NativeMemory.Free(mutex);

    /// <summary>What went wrong, for the log.</summary>
    internal static string Reason(nint connection, int error) =>
        Marshal.PtrToStringUTF8(connection == 0 ? sasl_errstring(error, 0, null) : sasl_errdetail(connection)) ?? $"SASL error {error}";
}

using System.Runtime.InteropServices;

namespace Vireo.Native.Interop;

/// <summary>
/// The C library, bound when ours is linked: whoever replaces <c>malloc</c> in the host process gets these calls too.
/// Only what cannot block is called without leaving managed code; a thread that waits in any other call is outside it, so that a fork beside it is safe.
/// </summary>
static unsafe partial class Libc
{
    [LibraryImport("libc"), SuppressGCTransition] internal static partial void* malloc(nuint size);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial void* calloc(nuint count, nuint size);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial void* realloc(void* block, nuint size);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial void free(void* block);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial nuint strlen(byte* text);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial int pthread_key_create(uint* key, nint destructor);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial void* pthread_getspecific(uint key);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial int pthread_setspecific(uint key, void* value);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint write(int fd, void* bytes, nuint count);
    [LibraryImport("libc", SetLastError = true)] internal static partial nint read(int fd, void* bytes, nuint count);
    [LibraryImport("libc", SetLastError = true)] internal static partial int fcntl(int fd, int command, int argument);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial int getsockopt(int fd, int level, int option, void* value, uint* size);
    [LibraryImport("libc")] internal static partial int close(int fd);
    [LibraryImport("libc"), SuppressGCTransition] internal static partial int gettid();
}

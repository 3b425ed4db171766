using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Hypervisor.Security;

namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>
/// Sockets that QEMU inherits. The runtime's own class removes the path of a listening socket when ours is closed, and QEMU
/// still needs it then.
/// </summary>
static partial class UnixSockets
{
    const int AfUnix = 1, Stream = 1, CloseOnExec = 0x80000, TryAgain = 11;
    static readonly TimeSpan QueuePause = TimeSpan.FromMilliseconds(50);

    /// <summary>Labels the sockets that a thread makes until what comes back is disposed of.</summary>
    internal delegate SocketLabel Labelling();

    /// <summary>A listening socket at <paramref name="path"/>, in the place of one that a crash left.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="label">Labels it; null: nothing does.</param>
    internal static unsafe SafeFileHandle Listen(string path, Labelling? label = null)
    {
        using var shortened = new SocketPath(path);
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // bind says so
        }
        using SocketLabel labelled = label is null ? default : label();
        var socket = new SafeFileHandle(socket_(AfUnix, Stream | CloseOnExec, 0), ownsHandle: true);
        Span<byte> address = stackalloc byte[110];
        address.Clear();
        MemoryMarshal.Write(address, (ushort)AfUnix);
        int length = 2 + Encoding.UTF8.GetBytes(shortened.Text, address[2..109]) + 1;
        fixed (byte* at = address)
        {
            if (socket.IsInvalid || bind((int)socket.DangerousGetHandle(), at, length) < 0 || listen((int)socket.DangerousGetHandle(), 1) < 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                socket.Dispose();
                throw VireoException.System(ErrorDomain.Qemu, errno, $"Unable to bind to UNIX socket path '{path}'");
            }
        }
        return socket;
    }

    /// <summary>Connected sockets: ours, and one for a child.</summary>
    /// <param name="label">Labels them; null: nothing does.</param>
    internal static (Stream Ours, SafeFileHandle Theirs) Pair(Labelling? label = null)
    {
        var (one, other) = Ends(label);
        return (new NetworkStream(new Socket(new SafeSocketHandle(one, ownsHandle: true)), ownsSocket: true), new SafeFileHandle(other, ownsHandle: true));
    }

    /// <summary>Connected sockets: ours, and one for a child.</summary>
    /// <param name="label">Labels them; null: nothing does.</param>
    internal static (SafeFileHandle Ours, SafeFileHandle Theirs) PairOfHandles(Labelling? label = null)
    {
        var (one, other) = Ends(label);
        return (new SafeFileHandle(one, ownsHandle: true), new SafeFileHandle(other, ownsHandle: true));
    }

    static (int One, int Other) Ends(Labelling? label)
    {
        using SocketLabel labelled = label is null ? default : label();
        Span<int> ends = stackalloc int[2];
        return socketpair(AfUnix, Stream | CloseOnExec, 0, ends) < 0
            ? throw VireoException.System(ErrorDomain.Qemu, Marshal.GetLastPInvokeError(), "Unable to create a pair of sockets") : (ends[0], ends[1]);
    }

    /// <summary>Connects to a listening socket; what is read and written there does not block.</summary>
    internal static async Task<SafeFileHandle> OpenAsync(string path, CancellationToken cancel)
    {
        const int duplicate = 1030, setFlags = 4, nonBlocking = 0x800;
        using Stream line = await ConnectAsync(path, cancel).ConfigureAwait(false);
        int socket = (int)((NetworkStream)line).Socket.SafeHandle.DangerousGetHandle();
        var own = new SafeFileHandle(fcntl(socket, duplicate, 0), ownsHandle: true);
        if (own.IsInvalid)
            throw VireoException.System(ErrorDomain.Qemu, Marshal.GetLastPInvokeError(), $"Unable to open stream for '{path}'");
        _ = fcntl((int)own.DangerousGetHandle(), setFlags, nonBlocking);
        return own;
    }

    /// <summary>Connects to a listening socket; if its queue is full, as soon as there is room.</summary>
    internal static async Task<Stream> ConnectAsync(string path, CancellationToken cancel, Labelling? label = null)
    {
        using var shortened = new SocketPath(path);
        while (true)
        {
            Socket socket = Make(label);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(shortened.Text), cancel).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e) when (e.NativeErrorCode == TryAgain)
            {
                socket.Dispose();       // the kernel tells nobody when there is room
                await Task.Delay(QueuePause, cancel).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                throw VireoException.System(ErrorDomain.Qemu, e.NativeErrorCode, "failed to connect to monitor socket");
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>A socket that is neither bound nor connected.</summary>
    /// <param name="label">Labels it; null: nothing does.</param>
    internal static Socket Make(Labelling? label = null)
    {
        using SocketLabel labelled = label is null ? default : label();
        return new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    }

    /// <summary>Sends bytes and, with the first of them, a descriptor; the result is how many bytes went.</summary>
    /// <exception cref="IOException">The line is no socket, or closed.</exception>
    internal static async Task<int> SendWithAsync(Stream line, ReadOnlyMemory<byte> bytes, SafeFileHandle descriptor, CancellationToken cancel)
    {
        if (line is not NetworkStream { Socket: { } socket })
            throw new IOException("descriptors go through UNIX sockets only");
        while (true)
        {
            int sent = SendWith(socket, bytes.Span, descriptor);
            if (sent > 0)
                return sent;
            await Task.Delay(QueuePause, cancel).ConfigureAwait(false);     // QEMU has not read what came before
        }
    }

    static unsafe int SendWith(Socket socket, ReadOnlySpan<byte> bytes, SafeFileHandle descriptor)
    {
        const int SolSocket = 1, ScmRights = 1, DontWait = 0x40, NoSignal = 0x4000, Interrupted = 4;
        bool kept = false;
        descriptor.DangerousAddRef(ref kept);
        try
        {
            fixed (byte* data = bytes)
            {
                var control = new Control { Length = sizeof(Control) - sizeof(int), Level = SolSocket, Type = ScmRights, Descriptor = (int)descriptor.DangerousGetHandle() };
                var vector = new Vector { Base = data, Length = bytes.Length };
                var message = new Message { Vectors = &vector, VectorCount = 1, Control = &control, ControlLength = sizeof(Control) };
                nint sent = sendmsg((int)socket.SafeHandle.DangerousGetHandle(), &message, DontWait | NoSignal);
                int errno = sent < 0 ? Marshal.GetLastPInvokeError() : 0;
                return errno is 0 or TryAgain or Interrupted ? (int)Math.Max(sent, 0) : throw new IOException($"a descriptor could not be sent: errno {errno}");
            }
        }
        finally
        {
            descriptor.DangerousRelease();
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    struct Control
    {
        public nint Length;
        public int Level, Type, Descriptor, Padding;
    }

    [StructLayout(LayoutKind.Sequential)]
    unsafe struct Vector
    {
        public byte* Base;
        public nint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    unsafe struct Message
    {
        public void* Name;
        public uint NameLength;
        public Vector* Vectors;
        public nint VectorCount;
        public Control* Control;
        public nint ControlLength;
        public int Flags;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint sendmsg(int socket, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int socket_(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int bind(int socket, byte* address, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int listen(int socket, int backlog);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socketpair(int domain, int type, int protocol, Span<int> ends);
}

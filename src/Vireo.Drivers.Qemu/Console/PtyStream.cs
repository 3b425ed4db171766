using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Drivers.Qemu.Console;

/// <summary>One client on one terminal. A small thread of its own waits for the terminal, and for room to write to it.</summary>
#pragma warning disable CA1001 // its thread closes both at its end
sealed unsafe partial class PtyStream : IStreamHandler
#pragma warning restore CA1001
{
    const int ReadWrite = 2, NoTerminal = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000;
    const short In = 1, Out = 4;
    const int OutgoingLimit = 256 * 1024;

    readonly SafeFileHandle _pty, _wake;
    readonly IStreamSink _client;
    readonly Action<PtyStream> _closed;
    readonly Lock _gate = new();
    readonly Queue<byte[]> _outgoing = new();
    int _offset, _queued;
    bool _mayRead, _ended, _full;      // the client is ready when it has its answer, not before

    internal PtyStream(string path, IStreamSink client, Action<PtyStream> closed) : this(Open(path), client, closed) { }

    /// <summary>The same for what is open already, and does not block.</summary>
    internal PtyStream(SafeFileHandle opened, IStreamSink client, Action<PtyStream> closed)
    {
        (_client, _closed, _pty) = (client, closed, opened);
        _wake = new SafeFileHandle(eventfd(0, NonBlocking | CloseOnExec), ownsHandle: true);
    }

    static SafeFileHandle Open(string path)
    {
        var opened = new SafeFileHandle(open(path, ReadWrite | NoTerminal | NonBlocking | CloseOnExec), ownsHandle: true);
        return !opened.IsInvalid ? opened : throw VireoException.System(ErrorDomain.None, Marshal.GetLastPInvokeError(), $"Unable to open stream for '{path}'");
    }

    internal void Begin() => new Thread(Run, 128 * 1024) { IsBackground = true, Name = "console" }.Start();

    public void Ready()
    {
        lock (_gate) _mayRead = true;
        Wake();
    }

    public bool Received(ReadOnlySpan<byte> data)
    {
        bool more;
        lock (_gate)
        {
            if (_ended) return true;
            _outgoing.Enqueue(data.ToArray());
            _queued += data.Length;
            more = _queued < OutgoingLimit;
            _full |= !more;
        }
        Wake();
        return more;
    }

    public void Finished() => Close();

    public void Aborted() => Close();

    /// <summary>Takes the terminal away from its client, as somebody else wants it.</summary>
    internal void TakeAway()
    {
        Close();
        _client.Fail(VirError.Of(ErrorCode.OperationAborted, ErrorDomain.Streams, "the console was taken over by another client"));
    }

    void Close()
    {
        lock (_gate)
        {
            if (_ended) return;
            _ended = true;
        }
        Wake();
        _closed(this);
    }

    void Wake()
    {
        ulong one = 1;
        if (!_wake.IsClosed) _ = write(_wake, (byte*)&one, 8);
    }

    void Run()
    {
        try
        {
            Carry();
        }
        catch (Exception e)
        {
            Close();
            _client.Fail(VirError.Of(ErrorCode.InternalError, ErrorDomain.Streams, e.Message));
        }
        finally
        {
            Discard();
        }
    }

    /// <summary>Lets go of a terminal that was never carried.</summary>
    internal void Discard()
    {
        _pty.Dispose();
        _wake.Dispose();
    }

    void Carry()
    {
        byte* buffer = stackalloc byte[8192];
        var polls = stackalloc long[2];
        bool hungUp = false;
        while (true)
        {
            short wanted;
            bool mayRead;
            lock (_gate)
            {
                if (_ended) break;
                mayRead = _mayRead;
                wanted = (short)((mayRead ? In : 0) | (_queued > 0 ? Out : 0));
            }
            // A terminal without its guest is always ready; what it still holds waits for the client.
            bool ask = wanted != 0 && (mayRead || !hungUp);
            polls[0] = PollFor(ask ? (int)_pty.DangerousGetHandle() : -1, wanted);
            polls[1] = PollFor((int)_wake.DangerousGetHandle(), In);
            if (poll(polls, 2, -1) < 0) continue;
            if ((polls[1] >> 48) != 0) _ = read(_wake, buffer, 8);
            short happened = (short)(polls[0] >> 48);
            if ((happened & Out) != 0) Write();
            hungUp |= (happened & ~(In | Out)) != 0;
            if (mayRead && (happened & ~Out) != 0 && !Read(buffer, 8192)) break;
        }
    }

    static long PollFor(int descriptor, short wanted) => (uint)descriptor | ((long)(ushort)wanted << 32);

    bool Read(byte* buffer, int room)
    {
        nint got = read(_pty, buffer, room);
        if (got > 0)
        {
            // Said before it is sent: the client may be ready again before we come back.
            lock (_gate) _mayRead = false;
            if (_client.Send(new ReadOnlySpan<byte>(buffer, (int)got)))
                lock (_gate) _mayRead = true;
            return true;
        }
        if (got < 0 && Marshal.GetLastPInvokeError() is 11 or 4) return true;
        bool told;
        lock (_gate)
        {
            told = _ended;
            _ended = true;
        }
        if (!told)
        {
            _client.End(); // QEMU closed its side: the guest is gone
            _closed(this);
        }
        return false;
    }

    void Write()
    {
        WriteQueued();
        bool resume;
        lock (_gate)
        {
            resume = _full && _queued < OutgoingLimit / 2;
            if (resume) _full = false;
        }
        if (resume) _client.Resume();
    }

    void WriteQueued()
    {
        lock (_gate)
        {
            while (_outgoing.TryPeek(out byte[]? next))
            {
                nint sent;
                fixed (byte* at = next) sent = write(_pty, at + _offset, next.Length - _offset);
                if (sent < 0) return;
                _offset += (int)sent;
                _queued -= (int)sent;
                if (_offset < next.Length) return;
                _outgoing.Dequeue();
                _offset = 0;
            }
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint start, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(long* polls, ulong count, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(SafeFileHandle file, byte* buffer, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(SafeFileHandle file, byte* buffer, nint length);
}

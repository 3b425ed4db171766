using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Logs;

/// <summary>A log that somebody writes to through a pipe. Used by one thread at a time.</summary>
sealed class OpenLog(string path, SafeFileHandle pipe, RotatingLog log) : IDisposable
{
    /// <summary>The file.</summary>
    internal string Path => path;

    /// <summary>The pipe's end that is read.</summary>
    internal SafeFileHandle Pipe => pipe;

    /// <summary>Where the next byte goes.</summary>
    internal LogPlace End => log.End;

    /// <summary>Moves what is in the pipe into the file, at most one buffer of it.</summary>
    /// <param name="buffer">Room for bytes on their way.</param>
    /// <returns>Bytes; 0: the writers are gone; -1: nothing is there.</returns>
    internal unsafe int Take(Span<byte> buffer)
    {
        nint count;
        fixed (byte* at = buffer)
            count = LibC.read((int)pipe.DangerousGetHandle(), at, (nuint)buffer.Length);
        if (count > 0)
            log.Append(buffer[..(int)count]);
        return count >= 0 ? (int)count : LibC.Errno is LibC.EAGAIN or LibC.EINTR ? -1 : 0;
    }

    /// <summary>Adds bytes of our own.</summary>
    internal void Append(ReadOnlySpan<byte> bytes) => log.Append(bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        pipe.Dispose();
        log.Dispose();
    }
}

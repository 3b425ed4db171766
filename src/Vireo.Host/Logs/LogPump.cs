using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Host.Logs;

/// <summary>A log whose pipe a process before this one left open for it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Pipe">The pipe's end that is read, a descriptor of this process.</param>
public readonly record struct KeptLog(string Path, int Pipe);

/// <summary>
/// Moves what guests write into their logs. One thread waits for all pipes; a disk that takes nothing costs the guest's lines, never the
/// guest its time.
/// </summary>
public sealed unsafe class LogPump : IDisposable
{
    const int Chunk = 1024;
    const int PipeSize = 64 * 1024;
    readonly Lock gate = new();
    readonly Dictionary<string, OpenLog> open = new(StringComparer.Ordinal);
    readonly long limit;
    readonly int backups;
    readonly Action<string, Exception> failed;
    readonly Action<int> countChanged;
    readonly SafeFileHandle wake;
    readonly Thread thread;
    bool stopping;

    /// <summary>Begins to work.</summary>
    /// <param name="limit">Bytes of a log at most, before it is cut.</param>
    /// <param name="backups">Older files at most.</param>
    /// <param name="failed">Told when a log took nothing: which, and why.</param>
    /// <param name="countChanged">Told how many logs are open.</param>
    public LogPump(long limit, int backups, Action<string, Exception> failed, Action<int> countChanged)
    {
        (this.limit, this.backups, this.failed, this.countChanged) = (limit, backups, failed, countChanged);
        wake = LibC.Handle(LibC.eventfd(0, LibC.O_CLOEXEC | LibC.O_NONBLOCK), "unable to make an event descriptor");
        thread = new Thread(Run, 256 * 1024) { Name = "logs", IsBackground = true };
        thread.Start();
    }

    /// <summary>Opens a log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="truncate">It begins anew.</param>
    /// <returns>Where it ends, and the pipe to write to it; until its last writer closes it.</returns>
    /// <exception cref="VireoException">Somebody has it open, or it cannot be opened.</exception>
    public (LogPlace End, SafeFileHandle Pipe) Open(string path, bool truncate)
    {
        lock (gate)
        {
            // Its writers may be gone, and nobody looked yet.
            if (open.TryGetValue(path, out OpenLog? before) && Drain(before))
                Close(before);
            if (open.ContainsKey(path))
                throw VireoException.System(ErrorDomain.Logging, LibC.EBUSY, $"Cannot open log file: '{path}'");
            RotatingLog file = RotatingLog.Open(path, limit, backups, truncate);
            try
            {
                int* ends = stackalloc int[2];
                if (LibC.pipe2(ends, LibC.O_CLOEXEC) < 0)
                    throw HostErrors.Failed(LibC.Errno, "Cannot open fifo pipe");
                LogPlace end = file.End;
                Add(path, ends[0], file);
                return (end, new SafeFileHandle(ends[1], ownsHandle: true));
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
    }

    /// <summary>Goes on with a log that a process before this one had open.</summary>
    public void Adopt(KeptLog kept)
    {
        lock (gate)
            Add(kept.Path, kept.Pipe, RotatingLog.Open(kept.Path, limit, backups, truncate: false));
    }

    void Add(string path, int pipe, RotatingLog file)
    {
        // Ours alone: the other end, the guest's, has flags of its own.
        _ = LibC.fcntl(pipe, LibC.F_SETFL, LibC.O_NONBLOCK);
        open.Add(path, new OpenLog(path, new SafeFileHandle(pipe, ownsHandle: true), file));
        countChanged(open.Count);
        Wake();
    }

    /// <summary>Where an open log ends, with all that was written to its pipe until now.</summary>
    /// <exception cref="VireoException">It is not open.</exception>
    public LogPlace EndOf(string path)
    {
        lock (gate)
        {
            if (!open.TryGetValue(path, out OpenLog? log))
                throw VireoException.Internal(ErrorDomain.Logging, $"No open log file {path}");
            Drain(log);
            return log.End;
        }
    }

    /// <summary>Reads on from a place in a log, be it open or not.</summary>
    /// <exception cref="VireoException">There is no such place.</exception>
    public byte[] Read(string path, LogPlace from, int most)
    {
        lock (gate)
        {
            if (open.TryGetValue(path, out OpenLog? log))
                Drain(log);
        }
        return LogFiles.Read(path, backups, from, most);
    }

    /// <summary>Adds bytes to a log, be it open or not, behind what its writers wrote until now.</summary>
    /// <exception cref="VireoException">It cannot be written.</exception>
    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (open.TryGetValue(path, out OpenLog? log))
            {
                Drain(log);
                log.Append(bytes);
                return;
            }
            using RotatingLog file = RotatingLog.Open(path, limit, backups, truncate: false);
            file.Append(bytes);
        }
    }

    // Who writes without end must not keep us: as much as a pipe holds. True: the writers are gone.
    bool Drain(OpenLog log)
    {
        Span<byte> buffer = stackalloc byte[Chunk];
        int taken = 0;
        while (taken <= PipeSize)
        {
            int count = Take(log, buffer);
            if (count <= 0)
                return count == 0;
            taken += count;
        }
        return false;
    }

    int Take(OpenLog log, Span<byte> buffer)
    {
        try
        {
            return log.Take(buffer);
        }
        catch (Exception e) when (e is VireoException or IOException)
        {
            failed(log.Path, e);
            return buffer.Length;
        }
    }

    void Run()
    {
        Span<byte> buffer = stackalloc byte[Chunk];
        var logs = new List<OpenLog>();
        LibC.PollFd[] waiting = [];
        while (true)
        {
            lock (gate)
            {
                if (stopping)
                    return;
                logs.Clear();
                logs.AddRange(open.Values);
            }
            if (waiting.Length != logs.Count + 1)
                waiting = new LibC.PollFd[logs.Count + 1];
            waiting[0] = new() { Fd = (int)wake.DangerousGetHandle(), Events = LibC.EPOLLIN };
            for (int i = 0; i < logs.Count; i++)
                waiting[i + 1] = new() { Fd = (int)logs[i].Pipe.DangerousGetHandle(), Events = LibC.EPOLLIN };
            fixed (LibC.PollFd* all = waiting)
                if (LibC.poll(all, (nuint)waiting.Length, -1) < 0)
                    continue;
            if (waiting[0].Found != 0)
                Slept();
            lock (gate)
                for (int i = 0; i < logs.Count && !stopping; i++)
                    if (waiting[i + 1].Found != 0 && open.GetValueOrDefault(logs[i].Path) == logs[i] && Take(logs[i], buffer) == 0)
                        Close(logs[i]);
        }
    }

    void Close(OpenLog log)
    {
        open.Remove(log.Path);
        log.Dispose();
        countChanged(open.Count);
    }

    void Wake()
    {
        ulong one = 1;
        _ = LibC.write((int)wake.DangerousGetHandle(), (byte*)&one, sizeof(ulong));
    }

    void Slept()
    {
        ulong count;
        _ = LibC.read((int)wake.DangerousGetHandle(), (byte*)&count, sizeof(ulong));
    }

    /// <summary>Stops working, and leaves the pipes open for the process that this one becomes.</summary>
    /// <returns>The logs; their descriptors stay open when this process executes another program.</returns>
    public IReadOnlyList<KeptLog> Keep()
    {
        Stop();
        foreach (OpenLog log in open.Values)
            _ = LibC.fcntl((int)log.Pipe.DangerousGetHandle(), LibC.F_SETFD, 0);
        return [.. open.Values.Select(static log => new KeptLog(log.Path, (int)log.Pipe.DangerousGetHandle()))];
    }

    void Stop()
    {
        lock (gate)
            stopping = true;
        Wake();
        thread.Join();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        foreach (OpenLog log in open.Values)
            log.Dispose();
        open.Clear();
        wake.Dispose();
    }
}

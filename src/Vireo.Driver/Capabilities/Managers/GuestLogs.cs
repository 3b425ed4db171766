using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Whose log it is.</summary>
/// <param name="Uuid">The guest's uuid.</param>
/// <param name="Name">Its name.</param>
public readonly record struct LogGuest(Uuid Uuid, string Name);

/// <summary>A place in a log that is rotated: the file, which keeps its inode under whatever name, and the byte in it.</summary>
/// <param name="Inode">The file.</param>
/// <param name="Offset">The byte.</param>
public readonly record struct LogPosition(ulong Inode, ulong Offset);

/// <summary>How a log is opened.</summary>
[Flags]
public enum LogOpenFlags : uint
{
    /// <summary>What was there stays.</summary>
    None = 0,
    /// <summary>It begins anew, and is not rotated.</summary>
    Truncate = 1,
}

/// <summary>Logs of guests, which outlive the daemon that started them: the program of virtlogd (0x87539319).</summary>
[Capability(ErrorDomain.Logging, Program = WireProgram.Log)]
public interface IGuestLogs
{
    /// <summary>Opens a guest's log.</summary>
    /// <returns>Where it ends, and the pipe by which the guest writes to it.</returns>
    [Procedure(1), CExport("virLogManagerDomainOpenLogFile")]
    ValueTask<WithFiles<LogPosition>> OpenLogAsync(string driver, LogGuest guest, string path, LogOpenFlags flags, CancellationToken cancel);

    /// <summary>Where an open log ends.</summary>
    [Procedure(2), CExport("virLogManagerDomainGetLogFilePosition")]
    ValueTask<LogPosition> GetPositionAsync(string path, uint flags, CancellationToken cancel);

    /// <summary>What stands in a log from a place on, at most so many bytes; files that were rotated meanwhile are read on from.</summary>
    [Procedure(3), CExport("virLogManagerDomainReadLogFile")]
    ValueTask<string> ReadAsync(string path, LogPosition from, ulong limit, uint flags, CancellationToken cancel);

    /// <summary>Adds a line to a log, be it open or not.</summary>
    [Procedure(4), CExport("virLogManagerDomainAppendLogFile")]
    ValueTask<int> AppendAsync(string driver, LogGuest guest, string path, string message, uint flags, CancellationToken cancel);
}

using System.Collections.Immutable;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What only the guest knows, and what is forgotten when it stops. One instance for all that nobody asked anything of.</summary>
sealed record GuestView
{
    /// <summary>A guest that has just booted.</summary>
    public static GuestView Fresh { get; } = new();

    /// <summary>Where its file systems are mounted.</summary>
    public static ImmutableArray<string> MountPoints { get; } = ["/", "/boot"];

    /// <summary>What its clock says, in seconds since 1970: it stands still until somebody sets it.</summary>
    public long Seconds { get; init; } = 627319920;

    /// <summary>And the nanoseconds of the second.</summary>
    public uint Nanoseconds { get; init; }

    /// <summary>Mount points that are frozen.</summary>
    public ImmutableHashSet<string> Frozen { get; init; } = [];

    /// <summary>How IOThreads poll, by id.</summary>
    public ImmutableSortedDictionary<uint, IoThreadPolling> Polling { get; init; } = ImmutableSortedDictionary<uint, IoThreadPolling>.Empty;
}

/// <summary>How an IOThread polls; unset is what a new one does.</summary>
readonly record struct IoThreadPolling(ulong MaxNanoseconds, uint Grow, uint Shrink)
{
    /// <summary>What a new one does.</summary>
    public static IoThreadPolling Default { get; } = new(32768, 0, 0);
}

using System.Collections.Immutable;

namespace Vireo.Drivers.Test.Guests;

/// <summary>
/// What only the guest knows. It stays when the domain stops, as with libvirt's test driver. One instance for all that nobody asked anything of.
/// </summary>
sealed record GuestView
{
    /// <summary>A guest that nobody talked to yet.</summary>
    public static GuestView Fresh { get; } = new();

    /// <summary>Where its file systems are mounted.</summary>
    public static ImmutableArray<string> MountPoints { get; } = ["/", "/boot"];

    /// <summary>What its clock says, in seconds since 1970: it stands still until somebody sets it.</summary>
    public long Seconds { get; init; } = 627319920;

    /// <summary>And the nanoseconds of the second.</summary>
    public uint Nanoseconds { get; init; }

    /// <summary>Mount points that are frozen.</summary>
    public ImmutableHashSet<string> Frozen { get; init; } = [];

    /// <summary>How its IOThreads poll, in the order they came.</summary>
    public ImmutableArray<IoThreadPolling> Polling { get; init; } = [];
}

/// <summary>How an IOThread polls: at most so many nanoseconds, growing and shrinking by these factors.</summary>
readonly record struct IoThreadPolling(uint Id, ulong MaxNanoseconds, uint Grow, uint Shrink)
{
    /// <summary>How a new one polls.</summary>
    public static IoThreadPolling New(uint id) => new(id, 32768, 0, 0);
}

using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Who holds leases.</summary>
/// <param name="Uuid">The guest's uuid.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">The id of its run.</param>
/// <param name="Process">Its process, with which the leases end.</param>
public readonly record struct LockOwner(Uuid Uuid, string Name, uint Id, uint Process);

/// <summary>How a lease is taken.</summary>
[Flags]
public enum LockFlags : uint
{
    /// <summary>By one owner, of a resource that is there.</summary>
    None = 0,
    /// <summary>By several owners at a time.</summary>
    Shared = 1,
    /// <summary>The resource is made if it is missing.</summary>
    AutoCreate = 2,
}

/// <summary>Leases of disks, which outlive the daemon that took them: the program of virtlockd (0x0ea7beef).</summary>
[Capability(ErrorDomain.Locking, Program = WireProgram.Lock)]
public interface IDiskLocks
{
    /// <summary>Says who the caller is, or on whose behalf it calls.</summary>
    [Procedure(1), CExport("virLockManagerRegister")]
    ValueTask RegisterAsync(LockOwner owner, uint flags, CancellationToken cancel);

    /// <summary>The caller will take no more leases.</summary>
    [Procedure(2), CExport("virLockManagerRestrict")]
    ValueTask RestrictAsync(uint flags, CancellationToken cancel);

    /// <summary>Leases may be taken in this folder.</summary>
    [Procedure(3), CExport("virLockManagerNew")]
    ValueTask NewAsync(string path, uint flags, CancellationToken cancel);

    /// <summary>Makes a resource in a folder.</summary>
    [Procedure(4), CExport("virLockManagerCreateResource")]
    ValueTask CreateResourceAsync(string path, string name, uint flags, CancellationToken cancel);

    /// <summary>Removes a resource that nobody holds.</summary>
    [Procedure(5), CExport("virLockManagerDeleteResource")]
    ValueTask DeleteResourceAsync(string path, string name, uint flags, CancellationToken cancel);

    /// <summary>Takes a lease. Without a folder the resource's name is a path.</summary>
    [Procedure(6), CExport("virLockManagerAcquireResource")]
    ValueTask AcquireResourceAsync(string path, string name, LockFlags flags, CancellationToken cancel);

    /// <summary>Gives a lease back.</summary>
    [Procedure(7), CExport("virLockManagerReleaseResource")]
    ValueTask ReleaseResourceAsync(string path, string name, uint flags, CancellationToken cancel);

    /// <summary>As <see cref="NewAsync"/>: an older way to say it.</summary>
    [Procedure(8), CExport("virLockManagerCreateLockspace")]
    ValueTask CreateLockspaceAsync(string path, CancellationToken cancel);
}

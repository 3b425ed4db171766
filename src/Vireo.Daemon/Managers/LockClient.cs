using System.Text.Json.Nodes;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host.Locks;

namespace Vireo.Daemon.Managers;

/// <summary>One client of the lock manager: on whose behalf it calls, and whether it may still take leases.</summary>
/// <param name="locks">All leases.</param>
/// <param name="process">The client's own process, with which its leases end.</param>
sealed class LockClient(LockTable locks, int process) : IDiskLocks
{
    LockOwner owner;
    bool restricted;

    internal int Process => process;

    public ValueTask RegisterAsync(LockOwner owner, uint flags, CancellationToken cancel)
    {
        NoFlags(flags, "virLockSpaceProtocolDispatchRegister");
        RequireFree();
        this.owner = owner;
        return default;
    }

    public ValueTask RestrictAsync(uint flags, CancellationToken cancel)
    {
        NoFlags(flags, "virLockSpaceProtocolDispatchRestrict");
        Require();
        restricted = true;
        return default;
    }

    public ValueTask NewAsync(string path, uint flags, CancellationToken cancel)
    {
        NoFlags(flags, "virLockSpaceProtocolDispatchNew");
        Require();
        locks.Add(path, mayBeThere: false);
        return default;
    }

    public ValueTask CreateLockspaceAsync(string path, CancellationToken cancel)
    {
        Require();
        locks.Add(path, mayBeThere: true);
        return default;
    }

    public ValueTask CreateResourceAsync(string path, string name, uint flags, CancellationToken cancel)
    {
        NoFlags(flags, "virLockSpaceProtocolDispatchCreateResource");
        Require();
        locks.In(path, space => space.Create(name));
        return default;
    }

    public ValueTask DeleteResourceAsync(string path, string name, uint flags, CancellationToken cancel)
    {
        NoFlags(flags, "virLockSpaceProtocolDispatchDeleteResource");
        Require();
        locks.In(path, space => space.Delete(name));
        return default;
    }

    public ValueTask AcquireResourceAsync(string path, string name, LockFlags flags, CancellationToken cancel)
    {
        NoFlags((uint)(flags & ~(LockFlags.Shared | LockFlags.AutoCreate)), "virLockSpaceProtocolDispatchAcquireResource");
        Require();
        int holder = (int)owner.Process;
        locks.In(path, space => space.Acquire(name, holder, (flags & LockFlags.Shared) != 0, (flags & LockFlags.AutoCreate) != 0));
        return default;
    }

    public ValueTask ReleaseResourceAsync(string path, string name, uint flags, CancellationToken cancel)
    {
        NoFlags(flags, "virLockSpaceProtocolDispatchReleaseResource");
        Require();
        int holder = (int)owner.Process;
        locks.In(path, space => space.Release(name, holder));
        return default;
    }

    static void NoFlags(uint flags, string function)
    {
        if (flags != 0)
            throw VireoException.UnsupportedFlags(flags, function, ErrorDomain.Rpc);
    }

    void RequireFree()
    {
        if (restricted)
            throw new VireoException(ErrorCode.OperationDenied, ErrorDomain.Rpc, "lock manager connection has been restricted");
    }

    void Require()
    {
        RequireFree();
        if (owner.Process == 0)
            throw new VireoException(ErrorCode.OperationInvalid, ErrorDomain.Rpc, "lock owner details have not been registered");
    }

    /// <summary>What the next program needs to know.</summary>
    internal JsonObject Keep() => new()
    {
        ["restricted"] = restricted,
        ["ownerPid"] = owner.Process,
        ["ownerId"] = owner.Id,
        ["ownerName"] = owner.Name ?? "",
        ["ownerUUID"] = owner.Uuid.ToString(),
    };

    /// <summary>Goes on where the program before stopped.</summary>
    internal void Adopt(JsonNode state)
    {
        restricted = (bool)state["restricted"]!;
        _ = Uuid.TryParse((string)state["ownerUUID"]!, out Uuid uuid);
        owner = new LockOwner(uuid, (string)state["ownerName"]!, (uint)state["ownerId"]!, (uint)state["ownerPid"]!);
    }
}

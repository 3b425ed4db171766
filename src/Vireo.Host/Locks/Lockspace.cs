using Vireo.Core.Errors;

namespace Vireo.Host.Locks;

/// <summary>
/// Resources that processes hold, with libvirt's rules and errors. In a folder a resource is a file there; without one its name is a path.
/// Used by one thread at a time.
/// </summary>
/// <param name="folder">The folder; empty: none.</param>
public sealed class Lockspace(string folder)
{
    readonly Dictionary<string, Lease> leases = new(StringComparer.Ordinal);

    /// <summary>The folder; empty: none.</summary>
    public string Folder => folder;

    /// <summary>How many resources are held.</summary>
    public int Count => leases.Count;

    internal static VireoException Busy(string what) => new(ErrorCode.ResourceBusy, ErrorDomain.Lockspace, what);

    string PathOf(string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    /// <summary>Makes the folder, if nothing is there.</summary>
    /// <exception cref="VireoException">It cannot be made.</exception>
    public void MakeFolder()
    {
        if (Path.Exists(folder))
            return;         // what is no folder is found out by who wants a lease in it, as with libvirt
        try
        {
            Directory.CreateDirectory(folder, (UnixFileMode)0x1c0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.Lockspace, e is UnauthorizedAccessException ? LibC.EACCES : LibC.ENOENT, $"Unable to create lockspace {folder}");
        }
    }

    /// <summary>Makes a resource, if it is not there.</summary>
    /// <exception cref="VireoException">It is held, or cannot be made.</exception>
    public void Create(string name)
    {
        if (leases.ContainsKey(name))
            throw Busy($"Lockspace resource '{name}' is locked");
        string path = PathOf(name);
        int fd = LibC.open(path, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_CLOEXEC, 0x180);
        if (fd < 0)
            throw VireoException.System(ErrorDomain.None, LibC.Errno, $"cannot create file '{path}'");
        _ = LibC.close(fd);
    }

    /// <summary>Removes a resource, if it is there.</summary>
    /// <exception cref="VireoException">It is held, or cannot be removed.</exception>
    public void Delete(string name)
    {
        if (leases.ContainsKey(name))
            throw Busy($"Lockspace resource '{name}' is locked");
        string path = PathOf(name);
        if (LibC.unlink(path) < 0 && LibC.Errno is not LibC.ENOENT and var errno)
            throw VireoException.System(ErrorDomain.Lockspace, errno, $"Unable to delete lockspace resource {path}");
    }

    /// <summary>Takes a resource for a process.</summary>
    /// <exception cref="VireoException">It is not there, or held.</exception>
    public void Acquire(string name, int owner, bool shared, bool autoCreate)
    {
        if (!leases.TryGetValue(name, out Lease? lease))
            leases.Add(name, lease = Lease.Take(name, PathOf(name), shared, autoCreate));
        else if (!lease.Shared || !shared)
            throw Busy($"Lockspace resource '{name}' is locked");
        lease.Owners.Add(owner);
    }

    /// <summary>Gives a resource back.</summary>
    /// <exception cref="VireoException">It is not held, or not by that process.</exception>
    public void Release(string name, int owner)
    {
        if (!leases.TryGetValue(name, out Lease? lease))
            throw Busy($"Lockspace resource '{name}' is not locked");
        if (!lease.Owners.Remove(owner))
            throw VireoException.Internal(ErrorDomain.Lockspace, $"owner {owner} does not hold the resource lock");
        DropIfFree(name, lease);
    }

    /// <summary>Gives back everything that a process holds.</summary>
    /// <returns>Whether it held anything.</returns>
    public bool ReleaseAllOf(int owner)
    {
        bool held = false;
        foreach (var (name, lease) in leases.ToArray())
        {
            held |= lease.Owners.RemoveAll(one => one == owner) > 0;
            DropIfFree(name, lease);
        }
        return held;
    }

    void DropIfFree(string name, Lease lease)
    {
        if (lease.Owners.Count > 0)
            return;
        leases.Remove(name);
        lease.Dispose();
    }

    /// <summary>What is held, for the process that this one becomes; the descriptors stay open when it executes another program.</summary>
    public IReadOnlyList<KeptLease> Keep()
    {
        foreach (Lease lease in leases.Values)
            _ = LibC.fcntl(lease.File, LibC.F_SETFD, 0);
        return [.. leases.Select(static one => new KeptLease(
            one.Key, one.Value.Path, (int)one.Value.File.DangerousGetHandle(), one.Value.Shared, one.Value.AutoCreate, [.. one.Value.Owners]))];
    }

    /// <summary>Goes on with what a process before this one held.</summary>
    public void Adopt(KeptLease kept) => leases.Add(kept.Name, Lease.Adopt(kept));
}

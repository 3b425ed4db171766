using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Drivers.Storage.Kinds.Rbd;

/// <summary>An image, open.</summary>
sealed unsafe class RbdImage : IDisposable
{
    readonly RbdSession session;
    readonly string name;
    readonly nint handle;

    RbdImage(RbdSession session, string name, nint handle) => (this.session, this.name, this.handle) = (session, name, handle);

    /// <summary>Opens an image to change it.</summary>
    /// <param name="session">Its pool.</param>
    /// <param name="name">Its name.</param>
    /// <param name="failure">What is said if that cannot be.</param>
    public static RbdImage Open(RbdSession session, string name, string failure)
    {
        RbdSession.Must(LibRbd.rbd_open(session.Context, name, out nint image, null), failure);
        return new(session, name, image);
    }

    /// <summary>Opens an image that may be gone; null: it is, or its objects do not answer.</summary>
    public static RbdImage? Find(RbdSession session, string name, bool toChange = false)
    {
        const int NoSuchFile = 2, TimedOut = 110;
        int result = toChange ? LibRbd.rbd_open(session.Context, name, out nint image, null) : LibRbd.rbd_open_read_only(session.Context, name, out image, null);
        if (result is -NoSuchFile or -TimedOut)
            return null;
        RbdSession.Must(result, Unopened(name));
        return new(session, name, image);
    }

    /// <summary>What libvirt says of an image that it cannot look at.</summary>
    public static string Unopened(string name) => $"failed to open the RBD image '{name}'";

    /// <summary>How large it is and what it takes, in bytes.</summary>
    /// <param name="exactly">What it takes is what was written to, by object, if the image knows; all of its objects otherwise.</param>
    public (ulong Capacity, ulong Allocation) Size(bool exactly)
    {
        (ulong size, ulong objectSize, ulong objects) = Facts();
        return (size, exactly && KnowsWhatWasWritten() ? ChangedSince(null, size, $"failed to iterate RBD image '{name}'").Written : objectSize * objects);
    }

    (ulong Size, ulong ObjectSize, ulong Objects) Facts()
    {
        ulong* facts = stackalloc ulong[LibRbd.ImageFacts];
        RbdSession.Must(LibRbd.rbd_stat(handle, facts, LibRbd.ImageFacts * sizeof(ulong)), $"failed to stat the RBD image '{name}'");
        return (facts[0], facts[1], facts[2]);
    }

    bool KnowsWhatWasWritten()
    {
        RbdSession.Must(LibRbd.rbd_get_flags(handle, out ulong flags), $"failed to get the flags of RBD image {name}");
        return (Features() & LibRbd.FastDiff) is not 0 && (flags & LibRbd.FastDiffInvalid) is 0;
    }

    ulong Features()
    {
        RbdSession.Must(LibRbd.rbd_get_features(handle, out ulong features), $"failed to get the features of RBD image {name}");
        return features;
    }

    /// <summary>What is in objects that changed.</summary>
    struct Change
    {
        /// <summary>Bytes of those that are there.</summary>
        public ulong Written;

        /// <summary>There is one, be it that it went.</summary>
        public bool IsAny;
    }

    /// <summary>What changed since a snapshot; since null: ever.</summary>
    Change ChangedSince(string? snapshot, ulong size, string failure)
    {
        Change change = default;
        RbdSession.Must(LibRbd.rbd_diff_iterate2(handle, snapshot, 0, size, 0, 1, &Note, &change), failure);
        return change;
    }

    [UnmanagedCallersOnly]
    static int Note(ulong offset, nuint length, int exists, void* change)
    {
        var noted = (Change*)change;
        noted->IsAny = true;
        if (exists is not 0)
            noted->Written += length;
        return 0;
    }

    /// <summary>Gives it another size.</summary>
    public void Resize(ulong size) => RbdSession.Must(LibRbd.rbd_resize(handle, size), $"failed to resize the RBD image '{name}'");

    /// <summary>Overwrites it with zeros, or gives its objects back.</summary>
    public void Wipe(bool byDiscarding, CancellationToken cancel)
    {
        (ulong size, ulong objectSize, _) = Facts();
        RbdSession.Must(LibRbd.rbd_get_stripe_count(handle, out ulong stripes), $"failed to get stripe count of RBD image {name}");
        const ulong Most = 32 << 20;
        ulong atOnce = Math.Clamp(objectSize * stripes, 1, Most);
        byte[] zeros = byDiscarding ? [] : new byte[Math.Min(atOnce, size)];
        fixed (byte* data = zeros)
        {
            for (ulong at = 0; at < size; at += atOnce)
            {
                cancel.ThrowIfCancellationRequested();
                ulong count = Math.Min(atOnce, size - at);
                if (byDiscarding)
                    RbdSession.Must(LibRbd.rbd_discard(handle, at, count), $"discarding {count} bytes failed on RBD image {name} at offset {at}");
                else
                    RbdSession.Must((int)LibRbd.rbd_write(handle, at, (nuint)count, data), $"writing {count} bytes failed on RBD image {name} at offset {at}");
            }
        }
    }

    /// <summary>Makes a new image that shares this one's content, of a snapshot that has all of it: one that is there, or one that is made for it.</summary>
    public void Clone(string newName)
    {
        bool isMade = false, isProtected = true;
        ulong size = Facts().Size;
        string snapshot = Snapshots().FirstOrDefault(one => !ChangedSince(one, size, $"failed to iterate RBD snapshot {name}@{one}").IsAny) ?? "";
        if (snapshot.Length is 0)
        {
            snapshot = $"libvirt-{Random.Shared.Next(65536)}";
            RbdSession.Must(LibRbd.rbd_snap_create(handle, snapshot), $"failed to create RBD snapshot {name}@{snapshot}");
            isMade = true;
        }
        try
        {
            isProtected = IsProtected(snapshot, $"failed to verify if RBD snapshot {name}@{snapshot} is protected");
            if (!isProtected)
                RbdSession.Must(LibRbd.rbd_snap_protect(handle, snapshot), $"failed to protect RBD snapshot {name}@{snapshot}");
            RbdSession.Must(LibRbd.rbd_get_stripe_unit(handle, out ulong unit), $"failed to get the stripe unit of RBD image {name}");
            RbdSession.Must(LibRbd.rbd_get_stripe_count(handle, out ulong count), $"failed to get the stripe count of RBD image {name}");
            int order = 0;
            RbdSession.Must(LibRbd.rbd_clone2(session.Context, name, snapshot, session.Context, newName, Features(), &order, unit, checked((int)count)),
                $"failed to clone RBD volume {name} to {newName}");
        }
        catch
        {
            if (!isProtected)
                _ = LibRbd.rbd_snap_unprotect(handle, snapshot);
            if (isMade)
                _ = LibRbd.rbd_snap_remove(handle, snapshot);
            throw;
        }
    }

    /// <summary>Removes its snapshots: all of them, or none if another image still needs one.</summary>
    public void RemoveSnapshots()
    {
        IReadOnlyList<string> snapshots = Snapshots();
        List<string> freed = [];
        try
        {
            foreach (string snapshot in snapshots)
            {
                string place = $"'{session.Pool}/{name}@{snapshot}'";
                if (!IsProtected(snapshot, $"failed to verify if snapshot {place} is protected"))
                    continue;
                RbdSession.Must(LibRbd.rbd_snap_unprotect(handle, snapshot), $"failed to unprotect snapshot {place}");
                freed.Add(snapshot);
            }
        }
        catch
        {
            foreach (string snapshot in freed)
                _ = LibRbd.rbd_snap_protect(handle, snapshot);
            throw;
        }
        foreach (string snapshot in snapshots)
            RbdSession.Must(LibRbd.rbd_snap_remove(handle, snapshot), $"failed to remove snapshot '{session.Pool}/{name}@{snapshot}'");
    }

    bool IsProtected(string snapshot, string failure)
    {
        RbdSession.Must(LibRbd.rbd_snap_is_protected(handle, snapshot, out int isProtected), failure);
        return isProtected is not 0;
    }

    IReadOnlyList<string> Snapshots()
    {
        const int TooFew = 34;
        int count = 128;
        while (true)
        {
            int room = count;
            var list = (LibRbd.Snapshot*)NativeMemory.AllocZeroed((nuint)room, (nuint)sizeof(LibRbd.Snapshot));
            try
            {
                int found = LibRbd.rbd_snap_list(handle, list, &count);
                if (found is -TooFew && count > room)
                    continue;
                RbdSession.Must(found, $"failed to list snapshots of RBD image {name}");
                var names = new string[found];
                for (int i = 0; i < found; i++)
                    names[i] = Marshal.PtrToStringUTF8(list[i].Name)!;
                if (found > 0)
                    LibRbd.rbd_snap_list_end(list);
                return names;
            }
            finally
            {
                NativeMemory.Free(list);
            }
        }
    }

    public void Dispose() => _ = LibRbd.rbd_close(handle);
}

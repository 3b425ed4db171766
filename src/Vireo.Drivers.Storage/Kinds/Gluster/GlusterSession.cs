using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Gluster;

/// <summary>The folder of a volume of Gluster's that a pool is, open. All of it waits for the server: who calls is on a thread that may.</summary>
sealed unsafe class GlusterSession : IDisposable
{
    const string Transport = "tcp";

    readonly nint handle;

    GlusterSession(GlusterPlace place)
    {
        Place = place;
        handle = LibGfapi.glfs_new(place.Volume);
        if (handle is 0)
            throw StorageErrors.System(Marshal.GetLastPInvokeError(), $"cannot make a session with gluster volume '{place.Volume}'");
    }

    /// <summary>Where it is.</summary>
    public GlusterPlace Place { get; }

    /// <summary>Connects to a pool's server.</summary>
    /// <exception cref="VireoException">It does not answer, has no such volume, or the volume no such folder.</exception>
    public static GlusterSession Open(StoragePoolDef pool)
    {
        GlusterPlace place = GlusterPlace.Of(pool);
        var session = new GlusterSession(place);
        try
        {
            _ = LibGfapi.glfs_set_logging(session.handle, "/dev/null", LibGfapi.Quiet);
            if (LibGfapi.glfs_set_volfile_server(session.handle, Transport, place.Host, place.Port ?? 0) < 0 || LibGfapi.glfs_init(session.handle) < 0)
                throw StorageErrors.System(Marshal.GetLastPInvokeError(), $"failed to connect to {place.Address}");
            if (LibGfapi.glfs_chdir(session.handle, place.Folder) < 0)
                throw StorageErrors.System(Marshal.GetLastPInvokeError(), $"failed to change to directory '{place.Folder}' in '{place.Volume}'");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>How large the volume is.</summary>
    public FileSystemRoom Room()
    {
        byte* facts = stackalloc byte[LibGfapi.FactsSize];
        return LibGfapi.glfs_statvfs(handle, ".", facts) is 0 ? LibGfapi.Room(facts)
            : throw StorageErrors.System(Marshal.GetLastPInvokeError(), $"cannot statvfs path '{Place.Folder}' in '{Place.Volume}'");
    }

    /// <summary>The names in the folder.</summary>
    public IReadOnlyList<string> Names()
    {
        nint open = LibGfapi.glfs_opendir(handle, ".");
        if (open is 0)
            throw StorageErrors.System(Marshal.GetLastPInvokeError(), $"cannot open path '{Place.Folder}' in '{Place.Volume}'");
        try
        {
            List<string> names = [];
            while (true)
            {
                LibGfapi.Entry* entry = LibGfapi.glfs_readdir(open);
                if (entry is null)
                {
                    return Marshal.GetLastPInvokeError() is 0 ? names
                        : throw StorageErrors.System(Marshal.GetLastPInvokeError(), $"failed to read directory '{Place.Folder}' in '{Place.Volume}'");
                }
                string name = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry->Name));
                if (name is not ("." or ".."))
                    names.Add(name);
            }
        }
        finally
        {
            _ = LibGfapi.glfs_closedir(open);
        }
    }

    /// <summary>What a name leads to; null: it is gone, or leads nowhere.</summary>
    public FileStatus? Find(string name)
    {
        byte* facts = stackalloc byte[LibGfapi.FactsSize];
        return LibGfapi.glfs_stat(handle, name, facts) is 0 ? LibGfapi.Status(facts) : null;
    }

    /// <summary>A file's first bytes.</summary>
    public ReadOnlySpan<byte> Head(string name, byte[] room)
    {
        nint file = LibGfapi.glfs_open(handle, name, LibGfapi.ReadOnly | LibGfapi.NoWait);
        if (file is 0)
            throw StorageErrors.System(Marshal.GetLastPInvokeError(), $"cannot open volume '{name}'");
        try
        {
            int had = 0;
            fixed (byte* target = room)
            {
                for (nint count = 1; had < room.Length && count > 0; had += (int)count)
                {
                    count = LibGfapi.glfs_read(file, target + had, (nuint)(room.Length - had), 0);
                    if (count < 0)
                        throw StorageErrors.System(Marshal.GetLastPInvokeError(), $"cannot read header of volume '{name}'");
                }
            }
            return room.AsSpan(0, had);
        }
        finally
        {
            _ = LibGfapi.glfs_close(file);
        }
    }

    /// <summary>Deletes a file, or a folder with nothing in it. What is gone already is no failure.</summary>
    public void Delete(string name, bool isFolder)
    {
        const int NoSuchFile = 2;
        int result = isFolder ? LibGfapi.glfs_rmdir(handle, name) : LibGfapi.glfs_unlink(handle, name);
        if (result < 0 && Marshal.GetLastPInvokeError() is not NoSuchFile and var errno)
            throw StorageErrors.System(errno, $"cannot remove gluster volume {(isFolder ? "dir" : "file")} '{name}'");
    }

    public void Dispose() => _ = LibGfapi.glfs_fini(handle);
}

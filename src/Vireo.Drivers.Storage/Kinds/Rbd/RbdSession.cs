using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Rbd;

/// <summary>A pool of a Ceph cluster, open. All of it waits for the cluster, though not for ever: who calls is on a thread that may.</summary>
sealed unsafe class RbdSession : IDisposable
{
    const string Patience = "30";       // seconds

    readonly StoragePoolDef pool;
    nint cluster, context;

    RbdSession(StoragePoolDef pool) => this.pool = pool;

    /// <summary>The pool's name in the cluster.</summary>
    public string Pool => pool.Source!.Name!;

    /// <summary>What librbd knows the pool by.</summary>
    public nint Context => context;

    /// <summary>Connects to a pool's cluster.</summary>
    /// <exception cref="VireoException">It does not answer, does not know who asks, or has no such pool.</exception>
    public static RbdSession Open(StoragePoolDef pool, in RbdLogin login)
    {
        var session = new RbdSession(pool);
        try
        {
            session.Connect(login);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    void Connect(in RbdLogin login)
    {
        string servers = string.Concat(pool.Source!.Hosts.Select(ServerOf));
        Must(LibRados.rados_create(out cluster, login.User), login.User is null ? "failed to initialize RADOS" : "failed to create the RADOS cluster");
        if (login.User is not null)
            Set("key", login.Key);
        Set("auth_supported", login.User is null ? "none" : "cephx");
        Set("mon_host", servers);
        foreach (string option in (string[])["client_mount_timeout", "rados_mon_op_timeout", "rados_osd_op_timeout"])
            Set(option, Patience);
        Set("rbd_default_format", "2");
        foreach (StoragePoolOption option in pool.Options?.Options ?? default)
            Set(option.Name, option.Value!);
        Must(LibRados.rados_connect(cluster), $"failed to connect to the RADOS monitor on: {servers}");
        Must(LibRados.rados_ioctx_create(cluster, Pool, out context), $"failed to create the RBD IoCTX. Does the pool '{Pool}' exist?");
    }

    static string ServerOf(StoragePoolHost host) => host.Port is null or 0 ? $"{host.Name},"
        : string.Create(CultureInfo.InvariantCulture, $"{(host.Name.Contains(':', StringComparison.Ordinal) ? $"[{host.Name}]" : host.Name)}:{host.Port},");

    void Set(string option, string value) => Set(option, Encoding.UTF8.GetBytes(value + '\0'));

    void Set(string option, ReadOnlySpan<byte> value)
    {
        fixed (byte* text = value)
            if (LibRados.rados_conf_set(cluster, option, text) < 0)
                throw StorageErrors.Internal($"failed to set RADOS option: {option}");
    }

    /// <summary>The pool with its sizes: what the cluster has, what is free there, and what is in this pool.</summary>
    public StoragePoolDef Sizes()
    {
        Must(LibRados.rados_cluster_stat(cluster, out LibRados.ClusterRoom room), "failed to stat the RADOS cluster");
        ulong* facts = stackalloc ulong[LibRados.PoolFacts];
        Must(LibRados.rados_ioctx_pool_stat(context, facts), $"failed to stat the RADOS pool '{Pool}'");
        return pool with
        {
            Capacity = new ByteSize(room.Kibibytes * 1024), Available = new ByteSize(room.FreeKibibytes * 1024), Allocation = new ByteSize(facts[0]),
        };
    }

    /// <summary>The names of its images.</summary>
    public IReadOnlyList<string> Names()
    {
        const int TooFew = 34;
        nuint count = 1024;
        while (true)
        {
            nuint room = count;
            var names = (LibRbd.ImageName*)NativeMemory.AllocZeroed(room, (nuint)sizeof(LibRbd.ImageName));
            try
            {
                int result = LibRbd.rbd_list2(context, names, &count);
                if (result is -TooFew && count > room)
                    continue;
                Must(result, "Unable to list RBD images");
                var found = new string[count];
                for (int i = 0; i < found.Length; i++)
                    found[i] = Marshal.PtrToStringUTF8(names[i].Name)!;
                LibRbd.rbd_image_spec_list_cleanup(names, count);
                return found;
            }
            finally
            {
                NativeMemory.Free(names);
            }
        }
    }

    /// <summary>Makes an image with nothing in it.</summary>
    public void Create(string name, ulong size)
    {
        int order = 0;      // as the cluster's clients usually have it
        Must(LibRbd.rbd_create(context, name, size, &order), $"failed to create volume '{Pool}/{name}'");
    }

    /// <summary>Deletes an image. One that is gone already is no failure.</summary>
    public void Remove(string name)
    {
        const int NoSuchFile = 2;
        int result = LibRbd.rbd_remove(context, name);
        if (result is not -NoSuchFile)
            Must(result, $"failed to remove volume '{Pool}/{name}'");
    }

    internal static void Must(int result, string what)
    {
        if (result < 0)
            throw StorageErrors.System(-result, what);
    }

    public void Dispose()
    {
        if (context is not 0)
            LibRados.rados_ioctx_destroy(context);
        if (cluster is not 0)
            LibRados.rados_shutdown(cluster);
    }
}

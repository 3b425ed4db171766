using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Native.Connections;
using Vireo.Native.Interop;

namespace Vireo.Native.Handles;

/// <summary>Making, counting and checking handles.</summary>
static unsafe class HandleTable
{
    /// <summary>A handle with one reference, which holds one of its connection and of what it is part of.</summary>
    internal static Handle* New(HandleKind kind, Handle* connection, string? name, Handle* parent = null, string? extra = null, string? other = null)
    {
        var made = CMemory.New<Handle>();
        made->References = 1;
        made->Name = CMemory.Text(name);
        made->Extra = CMemory.Text(extra);
        made->Other = CMemory.Text(other);
        if (connection is not null)
            Hold(made->Connection = connection);
        if (parent is not null)
            Hold(made->Parent = parent);
        made->Kind = kind;
        return made;
    }

    internal static Handle* New(HandleKind kind, Handle* connection, string? name, in Uuid uuid, int id = 0, Handle* parent = null, string? extra = null)
    {
        Handle* made = New(kind, connection, name, parent, extra);
        uuid.CopyTo(new Span<byte>(made->Uuid, Uuid.Size));
        made->Id = id;
        return made;
    }

    /// <summary>One reference more.</summary>
    internal static void Hold(Handle* handle) => Interlocked.Increment(ref handle->References);

    /// <summary>One reference more, unless the last has just gone. Whoever asks must know that the memory is still there.</summary>
    internal static bool TryHold(Handle* handle)
    {
        for (int seen = Volatile.Read(ref handle->References); seen > 0;)
        {
            int before = Interlocked.CompareExchange(ref handle->References, seen + 1, seen);
            if (before == seen)
                return true;
            seen = before;
        }
        return false;
    }

    /// <summary>One reference less; the last frees it. Says how many are left.</summary>
    internal static int Release(Handle* handle)
    {
        int left = Interlocked.Decrement(ref handle->References);
        if (left > 0)
            return left;
        Handle* connection = handle->Connection, parent = handle->Parent;
        handle->Kind = HandleKind.Dead;
        HandleManaged.Drop(handle);
        Libc.free(handle->Name);
        Libc.free(handle->Extra);
        Libc.free(handle->Other);
        Libc.free(handle);
        if (parent is not null)
            Release(parent);
        if (connection is not null)
            Release(connection);
        return 0;
    }

    /// <summary>Refuses what is not a live handle of this kind.</summary>
    /// <exception cref="VireoException">In libvirt's words for each kind.</exception>
    internal static void Check(Handle* handle, HandleKind kind, string function, ErrorDomain domain)
    {
        if (handle is null || handle->Kind != kind)
            throw Invalid(kind, function, domain);
    }

    /// <summary>The same, and the connection of the handle.</summary>
    internal static ConnectionState Connection(Handle* handle, HandleKind kind, string function, ErrorDomain domain)
    {
        Check(handle, kind, function, domain);
        return ConnectionState.Find(handle) ?? throw Invalid(kind, function, domain);
    }

    static VireoException Invalid(HandleKind kind, string function, ErrorDomain domain) => kind switch
    {
        HandleKind.Domain => new(ErrorCode.InvalidDomain, ErrorDomain.Dom, function),
        HandleKind.Network => new(ErrorCode.InvalidNetwork, ErrorDomain.Network, function),
        HandleKind.StoragePool => new(ErrorCode.InvalidStoragePool, ErrorDomain.Storage, function),
        HandleKind.StorageVolume => new(ErrorCode.InvalidStorageVol, ErrorDomain.Storage, function),
        HandleKind.Interface => new(ErrorCode.InvalidInterface, ErrorDomain.Interface, function),
        HandleKind.NodeDevice => new(ErrorCode.InvalidNodeDevice, ErrorDomain.Nodedev, function),
        HandleKind.Secret => new(ErrorCode.InvalidSecret, ErrorDomain.Secret, function),
        HandleKind.NwFilter => new(ErrorCode.InvalidNwfilter, ErrorDomain.Nwfilter, function),
        HandleKind.NwFilterBinding => new(ErrorCode.InvalidNwfilterBinding, ErrorDomain.Nwfilter, function),
        HandleKind.NetworkPort => new(ErrorCode.InvalidNetworkPort, ErrorDomain.Network, function),
        HandleKind.Snapshot => new(ErrorCode.InvalidDomainSnapshot, ErrorDomain.DomainSnapshot, function),
        HandleKind.Checkpoint => new(ErrorCode.InvalidDomainCheckpoint, ErrorDomain.DomainCheckpoint, function),
        HandleKind.Stream => new(ErrorCode.InvalidStream, ErrorDomain.Streams, function),
        _ => new(ErrorCode.InvalidConn, domain, function),
    };
}

using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports;

/// <summary>Functions whose arguments depend on each other.</summary>
static unsafe class RuleBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    [CBody("virDomainBlockRebase")]
    internal static int Rebase(Handle* domain, byte* disk, byte* @base, nuint bandwidth, uint flags)
    {
        const string me = "virDomainBlockRebase";
        const uint ofCopies = (uint)(DomainBlockRebaseFlags.Shallow | DomainBlockRebaseFlags.ReuseExt | DomainBlockRebaseFlags.CopyRaw | DomainBlockRebaseFlags.CopyDev);
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        string path = Text(disk, "disk", me, From);
        if ((flags & (uint)DomainBlockRebaseFlags.Copy) != 0)
            NotNull(@base, "base", me, From);
        else if ((flags & ofCopies) != 0)
            throw Refused("flags", me, From, "use of flags requires a copy job");
        Sync.Wait(connection.Require<IDomainBlockJobs>(me, From).RebaseBlocksAsync(
            Refs.ToDomainRef(domain), path, CMemory.Read(@base), bandwidth, (DomainBlockRebaseFlags)flags, default));
        return 0;
    }

    [CBody("virDomainAuthorizedSSHKeysSet")]
    internal static int SetKeys(Handle* domain, byte* user, byte** keys, uint count, uint flags)
    {
        const string me = "virDomainAuthorizedSSHKeysSet";
        const uint append = (uint)DomainSshKeysFlags.Append, remove = (uint)DomainSshKeysFlags.Remove;
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        string of = Text(user, "user", me, From);
        if ((flags & (append | remove)) != 0)
            NotNull(keys, "keys", me, From);
        NotTogether(flags, append, "VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_APPEND", remove, "VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE", me, From);
        connection.RequireWrite(me, From);
        Sync.Wait(connection.Require<IDomainSshKeys>(me, From).SetSshKeysAsync(
            Refs.ToDomainRef(domain), of, Texts(keys, count, "keys", me, From), (DomainSshKeysFlags)flags, default));
        return 0;
    }

    [CBody("virStorageVolResize")]
    internal static int Resize(Handle* volume, ulong capacity, uint flags)
    {
        const string me = "virStorageVolResize";
        ConnectionState connection = HandleTable.Connection(volume, HandleKind.StorageVolume, me, ErrorDomain.Storage);
        connection.RequireWrite(me, ErrorDomain.Storage);
        if (capacity is 0 && (flags & (uint)(StorageVolumeResizeFlags.Delta | StorageVolumeResizeFlags.Shrink)) == 0)
            throw Wrong("capacity", me, ErrorDomain.Storage, "cannot be zero without 'delta' or 'shrink' flags set");
        Sync.Wait(connection.Require<IStorageVolumeResizing>(me, ErrorDomain.Storage).ResizeAsync(
            Refs.ToStorageVolumeRef(volume), capacity, (StorageVolumeResizeFlags)flags, default));
        return 0;
    }
}

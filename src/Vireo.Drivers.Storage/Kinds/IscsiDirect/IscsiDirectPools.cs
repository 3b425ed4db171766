using System.Security.Cryptography;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Storage.Kinds.Iscsi;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;
using StorageVolumeType = Vireo.Model.Storage.StorageVolumeType;

namespace Vireo.Drivers.Storage.Kinds.IscsiDirect;

/// <summary>Pools that are the units of an iSCSI target, which emulators reach themselves: the host gets no devices. The daemon logs in only to look.</summary>
sealed class IscsiDirectPools(StorageKeeper keeper) : IPoolBackend, ISourceDiscovery
{
    public IVolumeBackend Volumes { get; } = new IscsiDirectVolumes(keeper);

    /// <summary>Nothing of the host says so: whoever looks finds out.</summary>
    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(true);

    public async ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel)
    {
        IReadOnlyList<Volume> found = await OnAsync<IReadOnlyList<Volume>>(keeper, pool, session => [.. session.Units().Select(unit => Read(pool, unit, session.SizeOf(unit)))], cancel).ConfigureAwait(false);
        var bytes = new ByteSize(found.Aggregate(0ul, static (sum, volume) => sum + volume.Def.Capacity!.Value.Bytes));
        return new PoolContent(pool with { Capacity = bytes, Allocation = bytes, Available = new ByteSize(0) }, found);
    }

    static Volume Read(StoragePoolDef pool, ushort unit, (ulong Blocks, uint Length) size)
    {
        string path = $"ip-{IscsiText.Server(SourceHosts.Only(pool.Source!.Hosts, ErrorCode.ConfigUnsupported))}-iscsi-{IscsiPools.TargetOf(pool)}-lun-{unit}";
        var bytes = new ByteSize(size.Blocks * size.Length);
        return new Volume(new StorageVolumeDef
        {
            Name = $"unit:0:0:{unit}", Key = path, Type = StorageVolumeType.Network, Capacity = bytes, Allocation = bytes, Target = new StorageVolumeTarget { Path = path },
        });
    }

    public async ValueTask<StoragePoolSources> FindAsync(StoragePoolSource? wanted, uint flags, CancellationToken cancel)
    {
        flags.None("virStorageBackendISCSIDirectFindPoolSources");
        if (wanted is null)
            throw VireoException.InvalidArgument(ErrorDomain.Storage, "hostname and device path must be specified for iscsi sources");
        StoragePoolHost host = SourceHosts.Only(wanted.Hosts, ErrorCode.InvalidArg);
        string initiator = wanted.Initiator ?? throw VireoException.InvalidArgument(ErrorDomain.Storage, "missing initiator IQN");
        IReadOnlyList<string> targets = await OwnThread.RunAsync(() => IscsiSession.FindTargets(IscsiText.Server(host), initiator)).ConfigureAwait(false);
        return IscsiPools.SourcesOf(host, targets, initiator);
    }

    /// <summary>Does something in a session with a pool's target.</summary>
    internal static async ValueTask<T> OnAsync<T>(StorageKeeper keeper, StoragePoolDef pool, Func<IscsiSession, T> what, CancellationToken cancel)
    {
        StoragePoolSource source = pool.Source!;
        string portal = IscsiText.Server(SourceHosts.Only(source.Hosts, ErrorCode.ConfigUnsupported)), target = IscsiPools.TargetOf(pool);
        IscsiLogin? login = IscsiPools.LoginOf(keeper, source);
        byte[] password = login is null ? [] : await login.ValueAsync(cancel).ConfigureAwait(false);
        try
        {
            return await OwnThread.RunAsync(() =>
            {
                using IscsiSession session = IscsiSession.Open(portal, target, source.Initiator!, login?.User, password);
                return what(session);
            }).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }
}

using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Storage.Kinds.Devices;
using Vireo.Drivers.Storage.Kinds.Scsi;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Iscsi;

/// <summary>Pools that are the disks of an iSCSI target.</summary>
sealed class IscsiPools(StorageKeeper keeper, ScsiDisks disks) : IPoolBackend, ISourceDiscovery
{
    readonly IscsiInitiator initiator = new(keeper.Programs);

    public IVolumeBackend Volumes { get; } = new FoundDevices(keeper);

    public async ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) =>
        await initiator.FindSessionAsync(TargetOf(pool), cancel).ConfigureAwait(false) is not null;

    public async ValueTask StartAsync(StoragePoolDef pool, CancellationToken cancel)
    {
        StoragePoolSource source = pool.Source!;
        string target = TargetOf(pool), portal = IscsiText.Portal(SourceHosts.Only(source.Hosts, ErrorCode.ConfigUnsupported));
        if (await initiator.FindSessionAsync(target, cancel).ConfigureAwait(false) is null)
            await initiator.LoginAsync(portal, target, source.Initiator, LoginOf(keeper, source), cancel).ConfigureAwait(false);
    }

    public async ValueTask StopAsync(StoragePoolDef pool, CancellationToken cancel)
    {
        StoragePoolSource source = pool.Source!;
        string target = TargetOf(pool);
        if (await initiator.FindSessionAsync(target, cancel).ConfigureAwait(false) is not null)
            await initiator.LogoutAsync(IscsiText.Portal(SourceHosts.Only(source.Hosts, ErrorCode.ConfigUnsupported)), target, source.Initiator, cancel).ConfigureAwait(false);
    }

    public async ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel)
    {
        string session = await initiator.FindSessionAsync(TargetOf(pool), cancel).ConfigureAwait(false) ?? throw StorageErrors.Internal("cannot find iscsiadm session: ");
        await initiator.RescanAsync(session, cancel).ConfigureAwait(false);
        await disks.SettleAsync(cancel).ConfigureAwait(false);
        StoragePoolHost host = SourceHosts.Only(pool.Source!.Hosts, ErrorCode.ConfigUnsupported);
        return await disks.LookAsync(pool with { Source = pool.Source with { Hosts = [IscsiText.WithPort(host)] } }, ScsiHostOf(session), cancel).ConfigureAwait(false);
    }

    /// <summary>The SCSI adapter that the kernel made for a session: its targets are called by it.</summary>
    uint ScsiHostOf(string session)
    {
        string folder = $"/sys/class/iscsi_session/session{session}/device";
        foreach (string name in keeper.Options.HostTree.Names(folder))
            if (name.StartsWith("target", StringComparison.Ordinal) && name.IndexOf(':', StringComparison.Ordinal) is > 6 and var colon
                && uint.TryParse(name.AsSpan(6, colon - 6), NumberStyles.None, CultureInfo.InvariantCulture, out uint host))
                return host;
        throw StorageErrors.Internal($"Failed to get host number for iSCSI session with path '{folder}'");
    }

    public async ValueTask<StoragePoolSources> FindAsync(StoragePoolSource? wanted, uint flags, CancellationToken cancel)
    {
        flags.None("virStorageBackendISCSIFindPoolSources");
        if (wanted is null)
            throw VireoException.InvalidArgument(ErrorDomain.Storage, "hostname must be specified for iscsi sources");
        StoragePoolHost host = SourceHosts.Only(wanted.Hosts, ErrorCode.InvalidArg);
        IReadOnlyList<string> targets = await initiator.FindTargetsAsync(IscsiText.Portal(host), wanted.Initiator, cancel).ConfigureAwait(false);
        return SourcesOf(host, targets, wanted.Initiator);
    }

    /// <summary>Targets of a server as sources of pools.</summary>
    internal static StoragePoolSources SourcesOf(StoragePoolHost host, IReadOnlyList<string> targets, string? initiator) => new()
    {
        Sources = [.. targets.Select(target => new StoragePoolSource { Hosts = [IscsiText.WithPort(host)], Devices = [new StoragePoolDevice { Path = target }], Initiator = initiator })],
    };

    /// <summary>The target that a pool is made of.</summary>
    internal static string TargetOf(StoragePoolDef pool) => pool.Source!.Devices is [{ } device, ..] ? device.Path : throw StorageErrors.Internal("missing source device");

    /// <summary>Who logs in, as a pool says; null: nobody in particular.</summary>
    internal static IscsiLogin? LoginOf(StorageKeeper keeper, StoragePoolSource source)
    {
        if (source.Auth is not { } auth)
            return null;
        if (auth.Type is not (null or StorageAuthType.Chap))
            throw StorageErrors.Unsupported("iscsi pool only supports 'chap' auth type");
        if (keeper.Options.Secrets is not { } secrets)
            throw StorageErrors.Unsupported("iscsi 'chap' authentication needs secrets, and there is no secret driver");
        return new IscsiLogin(auth.Username, new SecretLookup(auth.Secret.Uuid, auth.Secret.Usage), secrets);
    }
}

using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Start.Disks;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Status;

/// <summary>
/// What libvirt keeps in a status of QEMU's objects behind disks, by name: it asks for no other when it takes a guest over. All of it follows from the numbers of
/// the images; so it is only in the file.
/// </summary>
static class DiskNotes
{
    /// <summary>A definition as the status file has it.</summary>
    internal static DomainDef ForStatus(DomainDef live) => With(live, static disk => disk with
    {
        Source = ForStatus(disk.Source, disk.Source.Index, disk.Driver?.Type, disk),
        BackingStore = ForStatus(disk.BackingStore),
        PrivateData = disk.Alias is { } alias && disk.Source is not DiskSource.OfVhostUser && disk.Target.Bus is not DiskBus.Sd
            ? XmlFragment.Parse($"<privateData><qom name='{DiskThrottling.PlaceOf(disk, alias)}'/></privateData>", "domain_status")
            : disk.PrivateData,
    });

    /// <summary>A definition that a status file had, without that.</summary>
    internal static DomainDef FromStatus(DomainDef kept) => With(kept, static disk => disk with
    {
        Source = FromStatus(disk.Source),
        BackingStore = FromStatus(disk.BackingStore),
        PrivateData = null,
    });

    static DomainDef With(DomainDef machine, Func<Disk, Disk> change) =>
        machine with { Devices = machine.Devices with { Disks = machine.Devices.Disks.Map(change) } };

    static BackingStore? ForStatus(BackingStore? store) => store is not { Source: { } source } ? store
        : store with { Source = ForStatus(source, store.Index ?? source.Index, store.Format, null), Next = ForStatus(store.Next) };

    static DiskSource ForStatus(DiskSource source, uint? index, StorageFormat? format, Disk? top)
    {
        if (index is null || BlockGraph.IsEmpty(source))
            return source;
        ImageNames names = ImageNames.OfIndex(index);
        SourcePrivateData data = (SourcePrivateData.Of(source.PrivateData) with { Nodes = [], Secrets = [] })
            .WithNode(SourceNodeKind.Storage, names.Storage).WithNode(SourceNodeKind.Format, names.Format);
        if (format is not (null or StorageFormat.Raw) && source.Slices.Any(static s => s.Type is SliceKind.Storage))
            data = data.WithNode(SourceNodeKind.SliceStorage, names.Slice);
        if ((source.Auth ?? top?.Auth) is not null)
            data = data.WithSecret(SourceSecretKind.Auth, BlockObjects.AuthSecretOf(names));
        if ((source.Encryption ?? top?.Encryption) is { Secrets.IsEmpty: false })
            data = data.WithSecret(SourceSecretKind.Encryption, BlockObjects.EncryptionSecretOf(names));
        if (source is DiskSource.OfNetwork { Protocol: NetworkDiskProtocol.Http or NetworkDiskProtocol.Https, Cookies.IsEmpty: false })
            data = data.WithSecret(SourceSecretKind.HttpCookie, BlockObjects.CookieSecretOf(names));
        return source with
        {
            PrivateData = (data with
            {
                TlsAlias = source is DiskSource.OfNetwork { Tls: true } ? BlockObjects.TlsOf(names) : null,
                ReservationsAlias = BlockObjects.ReservationsOf(source, names),
            }).ToFragment(),
        };
    }

    static BackingStore? FromStatus(BackingStore? store) => store is null ? null
        : store with { Source = store.Source is { } source ? FromStatus(source) : null, Next = FromStatus(store.Next) };

    static DiskSource FromStatus(DiskSource source) => source.PrivateData is null ? source : source with
    {
        PrivateData = (SourcePrivateData.Of(source.PrivateData) with { Nodes = [], Secrets = [], TlsAlias = null, ReservationsAlias = null }).ToFragment(),
    };
}

using Vireo.Core;
using Vireo.Driver;
using Vireo.Native.Interop;

namespace Vireo.Native.Handles;

/// <summary>Between handles and the references that drivers know. Handles are checked before.</summary>
static unsafe class Refs
{
    static string Name(Handle* of) => CMemory.Read(of->Name) ?? "";

    static string Extra(Handle* of) => CMemory.Read(of->Extra) ?? "";

    internal static Uuid Id(Handle* of) => new(new ReadOnlySpan<byte>(of->Uuid, Uuid.Size));

    internal static DomainRef ToDomainRef(Handle* of) => new(Name(of), Id(of), of->Id);

    internal static NetworkRef ToNetworkRef(Handle* of) => new(Name(of), Id(of));

    internal static NetworkPortRef ToNetworkPortRef(Handle* of) => new(ToNetworkRef(of->Parent), Id(of));

    internal static NwFilterRef ToNwFilterRef(Handle* of) => new(Name(of), Id(of));

    internal static NwFilterBindingRef ToNwFilterBindingRef(Handle* of) => new(Name(of), Extra(of));

    internal static InterfaceRef ToInterfaceRef(Handle* of) => new(Name(of), Extra(of));

    internal static StoragePoolRef ToStoragePoolRef(Handle* of) => new(Name(of), Id(of));

    internal static StorageVolumeRef ToStorageVolumeRef(Handle* of) => new(CMemory.Read(of->Other) ?? "", Name(of), Extra(of));

    internal static NodeDeviceRef ToNodeDeviceRef(Handle* of) => new(Name(of));

    internal static SecretRef ToSecretRef(Handle* of) => new(Id(of), (SecretUsageType)of->Id, Extra(of));

    internal static SnapshotRef ToSnapshotRef(Handle* of) => new(Name(of), ToDomainRef(of->Parent));

    internal static CheckpointRef ToCheckpointRef(Handle* of) => new(Name(of), ToDomainRef(of->Parent));

    internal static AdminServerRef ToAdminServerRef(Handle* of) => new(Name(of));

    internal static AdminClientRef ToAdminClientRef(Handle* of) => new(ToAdminServerRef(of->Parent), of->Number, of->Since, (ClientTransport)of->Id);

    /// <summary>A new handle; <paramref name="beside"/> is the one that the call was made with.</summary>
    internal static Handle* New(Handle* beside, in DomainRef made) =>
        HandleTable.New(HandleKind.Domain, ConnectionOf(beside), made.Name, made.Uuid, made.Id);

    internal static Handle* New(Handle* beside, in NetworkRef made) =>
        HandleTable.New(HandleKind.Network, ConnectionOf(beside), made.Name, made.Uuid);

    internal static Handle* New(Handle* beside, in NetworkPortRef made) =>
        HandleTable.New(HandleKind.NetworkPort, ConnectionOf(beside), null, made.Uuid, parent: beside);

    internal static Handle* New(Handle* beside, in NwFilterRef made) =>
        HandleTable.New(HandleKind.NwFilter, ConnectionOf(beside), made.Name, made.Uuid);

    internal static Handle* New(Handle* beside, in NwFilterBindingRef made) =>
        HandleTable.New(HandleKind.NwFilterBinding, ConnectionOf(beside), made.PortDevice, extra: made.FilterName);

    internal static Handle* New(Handle* beside, in InterfaceRef made) =>
        HandleTable.New(HandleKind.Interface, ConnectionOf(beside), made.Name, extra: made.Mac);

    internal static Handle* New(Handle* beside, in StoragePoolRef made) =>
        HandleTable.New(HandleKind.StoragePool, ConnectionOf(beside), made.Name, made.Uuid);

    internal static Handle* New(Handle* beside, in StorageVolumeRef made) =>
        HandleTable.New(HandleKind.StorageVolume, ConnectionOf(beside), made.Name, extra: made.Key, other: made.Pool);

    internal static Handle* New(Handle* beside, in NodeDeviceRef made) =>
        HandleTable.New(HandleKind.NodeDevice, ConnectionOf(beside), made.Name);

    internal static Handle* New(Handle* beside, in SecretRef made) =>
        HandleTable.New(HandleKind.Secret, ConnectionOf(beside), null, made.Uuid, (int)made.UsageType, extra: made.UsageId);

    internal static Handle* New(Handle* beside, in SnapshotRef made) =>
        HandleTable.New(HandleKind.Snapshot, ConnectionOf(beside), made.Name, parent: DomainOf(beside));

    internal static Handle* New(Handle* beside, in CheckpointRef made) =>
        HandleTable.New(HandleKind.Checkpoint, ConnectionOf(beside), made.Name, parent: DomainOf(beside));

    internal static Handle* New(Handle* beside, in AdminServerRef made) =>
        HandleTable.New(HandleKind.AdminServer, ConnectionOf(beside), made.Name);

    internal static Handle* New(Handle* beside, in AdminClientRef made)
    {
        Handle* client = HandleTable.New(HandleKind.AdminClient, ConnectionOf(beside), null, beside);
        (client->Number, client->Since, client->Id) = (made.Id, made.ConnectedSince, (int)made.Transport);
        return client;
    }

    static Handle* ConnectionOf(Handle* beside) => beside->Kind is HandleKind.Connect or HandleKind.AdminConnect ? beside : beside->Connection;

    static Handle* DomainOf(Handle* beside) => beside->Kind is HandleKind.Domain ? beside : beside->Parent;
}

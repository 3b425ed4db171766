using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports;

/// <summary>Look-ups by uuid as text, secrets' values, and parents of devices.</summary>
static unsafe class ObjectBodies
{
    [CBody("virNetworkLookupByUUIDString")]
    internal static Handle* Network(Handle* handle, byte* uuid)
    {
        const string me = "virNetworkLookupByUUIDString";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, ErrorDomain.Network);
        Core.Uuid wanted = UuidText(uuid, "uuidstr", me, ErrorDomain.Network);
        return Refs.New(handle, Sync.Of(connection.Require<INetworkLookup>("virNetworkLookupByUUID", ErrorDomain.Network).LookupByUuidAsync(wanted, default)));
    }

    [CBody("virStoragePoolLookupByUUIDString")]
    internal static Handle* Pool(Handle* handle, byte* uuid)
    {
        const string me = "virStoragePoolLookupByUUIDString";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, ErrorDomain.Storage);
        Core.Uuid wanted = UuidText(uuid, "uuidstr", me, ErrorDomain.Storage);
        return Refs.New(handle, Sync.Of(connection.Require<IStoragePoolLookup>("virStoragePoolLookupByUUID", ErrorDomain.Storage).LookupByUuidAsync(wanted, default)));
    }

    [CBody("virSecretLookupByUUIDString")]
    internal static Handle* Secret(Handle* handle, byte* uuid)
    {
        const string me = "virSecretLookupByUUIDString";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, ErrorDomain.Secret);
        Core.Uuid wanted = UuidText(uuid, "uuidstr", me, ErrorDomain.Secret);
        return Refs.New(handle, Sync.Of(connection.Require<ISecretListing>("virSecretLookupByUUID", ErrorDomain.Secret).LookupByUuidAsync(wanted, default)));
    }

    [CBody("virNWFilterLookupByUUIDString")]
    internal static Handle* Filter(Handle* handle, byte* uuid)
    {
        const string me = "virNWFilterLookupByUUIDString";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, ErrorDomain.Nwfilter);
        Core.Uuid wanted = UuidText(uuid, "uuidstr", me, ErrorDomain.Nwfilter);
        return Refs.New(handle, Sync.Of(connection.Require<INwFilterListing>("virNWFilterLookupByUUID", ErrorDomain.Nwfilter).LookupByUuidAsync(wanted, default)));
    }

    [CBody("virNetworkPortLookupByUUIDString")]
    internal static Handle* Port(Handle* network, byte* uuid)
    {
        const string me = "virNetworkPortLookupByUUIDString";
        ConnectionState connection = HandleTable.Connection(network, HandleKind.Network, me, ErrorDomain.Network);
        Core.Uuid wanted = UuidText(uuid, "uuidstr", me, ErrorDomain.Network);
        return Refs.New(network, Sync.Of(connection.Require<INetworkPortListing>("virNetworkPortLookupByUUID", ErrorDomain.Network).LookupPortAsync(
            Refs.ToNetworkRef(network), wanted, default)));
    }

    /// <summary>The text stays the handle's.</summary>
    [CBody("virNodeDeviceGetParent")]
    internal static byte* Parent(Handle* device)
    {
        const string me = "virNodeDeviceGetParent";
        ConnectionState connection = HandleTable.Connection(device, HandleKind.NodeDevice, me, ErrorDomain.Nodedev);
        if (device->Other is null)
        {
            byte* asked = CMemory.Text(Sync.Of(connection.Require<INodeDeviceListing>(me, ErrorDomain.Nodedev).GetParentAsync(CMemory.Read(device->Name)!, default)));
            if (Interlocked.CompareExchange(ref *(nint*)&device->Other, (nint)asked, 0) != 0)
                CMemory.Free(asked);
        }
        return device->Other;
    }

    [CBody("virSecretGetValue")]
    internal static byte* SecretValue(Handle* secret, nuint* size, uint flags)
    {
        const string me = "virSecretGetValue";
        ConnectionState connection = HandleTable.Connection(secret, HandleKind.Secret, me, ErrorDomain.Secret);
        connection.RequireWrite(me, ErrorDomain.Secret);
        NotNull(size, "value_size", me, ErrorDomain.Secret);
        byte[] found = Sync.Of(connection.Require<ISecretLifecycle>(me, ErrorDomain.Secret).GetValueAsync(Refs.ToSecretRef(secret), flags, default));
        byte* given = CMemory.Bytes(found);
        *size = (nuint)found.Length;
        Array.Clear(found);
        return given;
    }
}

using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Domains;

/// <summary>Lists of structures.</summary>
static unsafe class ListBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    [CBody("virDomainGetDiskErrors")]
    internal static int GetDiskErrors(Handle* domain, CDomainDiskError* to, uint room, uint flags)
    {
        const string me = "virDomainGetDiskErrors";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        if (room != 0)
            NotNull(to, "errors", me, From);
        else if (to is not null)
            throw Wrong("maxerrors", me, From, "must not be zero");
        DomainDiskError[] found = Sync.Of(connection.Require<IDomainDiskErrors>(me, From).GetDiskErrorsAsync(Refs.ToDomainRef(domain), flags, default));
        if (to is null)
            return found.Length;
        int count = (int)Math.Min(room, (uint)found.Length);
        for (int i = 0; i < count; i++)
            to[i] = new() { Disk = CMemory.Text(found[i].Disk), Error = (int)found[i].Error };
        return count;
    }

    [CBody("virDomainInterfaceAddresses")]
    internal static int GetAddresses(Handle* domain, CDomainInterface*** to, uint source, uint flags)
    {
        const string me = "virDomainInterfaceAddresses";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        NotNull(to, "ifaces", me, From);
        *to = null;
        if (source is (uint)DomainInterfaceAddressesSource.Agent)
            connection.RequireWrite(me, From);
        DomainInterface[] found = Sync.Of(connection.Require<IDomainAddresses>(me, From).GetAddressesAsync(
            Refs.ToDomainRef(domain), (DomainInterfaceAddressesSource)source, flags, default));
        if (found.Length is 0)
            return 0;
        var made = (CDomainInterface**)CMemory.NewPointers((nuint)found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            made[i] = CMemory.New<CDomainInterface>();
            DomainAddress[] addresses = found[i].Addresses;
            *made[i] = new()
            {
                Name = CMemory.Text(found[i].Name), Mac = CMemory.Text(found[i].Mac), Count = (uint)addresses.Length,
                Addresses = addresses.Length is 0 ? null : CMemory.New<CDomainIPAddress>((nuint)addresses.Length),
            };
            for (int j = 0; j < addresses.Length; j++)
                made[i]->Addresses[j] = new() { Type = (int)addresses[j].Type, Address = CMemory.Text(addresses[j].Address), Prefix = addresses[j].Prefix };
        }
        *to = made;
        return found.Length;
    }

    [CBody("virDomainInterfaceFree", KeepsError = true)]
    internal static void Free(CDomainInterface* of)
    {
        if (of is null)
            return;
        for (uint i = 0; i < of->Count; i++)
            CMemory.Free(of->Addresses[i].Address);
        CMemory.Free(of->Addresses);
        CMemory.Free(of->Name);
        CMemory.Free(of->Mac);
        CMemory.Free(of);
    }

    [CBody("virDomainGetFSInfo")]
    internal static int GetFileSystems(Handle* domain, CDomainFSInfo*** to, uint flags)
    {
        const string me = "virDomainGetFSInfo";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        NotNull(to, "info", me, From);
        *to = null;
        Driver.FileSystemInfo[] found = Sync.Of(connection.Require<IDomainFileSystems>(me, From).GetFileSystemsAsync(Refs.ToDomainRef(domain), flags, default));
        var made = (CDomainFSInfo**)CMemory.NewPointers((nuint)found.Length + 1);
        for (int i = 0; i < found.Length; i++)
        {
            made[i] = CMemory.New<CDomainFSInfo>();
            string[] disks = found[i].Disks;
            *made[i] = new()
            {
                MountPoint = CMemory.Text(found[i].MountPoint), Name = CMemory.Text(found[i].Name), Type = CMemory.Text(found[i].Type), DiskCount = (nuint)disks.Length,
            };
            _ = Results.Give(&made[i]->Disks, disks);
        }
        *to = made;
        return found.Length;
    }

    [CBody("virDomainFSInfoFree", KeepsError = true)]
    internal static void Free(CDomainFSInfo* of)
    {
        if (of is null)
            return;
        for (nuint i = 0; i < of->DiskCount; i++)
            CMemory.Free(of->Disks[i]);
        CMemory.Free(of->Disks);
        CMemory.Free(of->MountPoint);
        CMemory.Free(of->Name);
        CMemory.Free(of->Type);
        CMemory.Free(of);
    }

    [CBody("virDomainGetSecurityLabelList")]
    internal static int GetLabels(Handle* domain, CSecurityLabel** to)
    {
        const string me = "virDomainGetSecurityLabelList";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        NotNull(to, "seclabels", me, From);
        SecurityLabel[] found = Sync.Of(connection.Require<IDomainSecurityList>(me, From).GetSecurityLabelsAsync(Refs.ToDomainRef(domain), default));
        var made = CMemory.New<CSecurityLabel>((nuint)found.Length);
        for (int i = 0; i < found.Length; i++)
            Structs.Fill(&made[i], found[i]);
        *to = made;
        return found.Length;
    }

    [CBody("virNetworkGetDHCPLeases")]
    internal static int GetLeases(Handle* network, byte* mac, CNetworkDHCPLease*** to, uint flags)
    {
        const string me = "virNetworkGetDHCPLeases";
        ConnectionState connection = HandleTable.Connection(network, HandleKind.Network, me, ErrorDomain.Network);
        DhcpLease[] found = Sync.Of(connection.Require<INetworkLeases>(me, ErrorDomain.Network).GetDhcpLeasesAsync(
            Refs.ToNetworkRef(network), CMemory.Read(mac), flags, default));
        if (to is null)
            return found.Length;
        var made = (CNetworkDHCPLease**)CMemory.NewPointers((nuint)found.Length + 1);
        for (int i = 0; i < found.Length; i++)
        {
            made[i] = CMemory.New<CNetworkDHCPLease>();
            *made[i] = new()
            {
                Interface = CMemory.Text(found[i].Interface), ExpiryTime = found[i].ExpiryTime, Type = (int)found[i].Type, Mac = CMemory.Text(found[i].Mac),
                Iaid = CMemory.Text(found[i].Iaid), Address = CMemory.Text(found[i].Address), Prefix = found[i].Prefix,
                Hostname = CMemory.Text(found[i].Hostname), ClientId = CMemory.Text(found[i].ClientId),
            };
        }
        *to = made;
        return found.Length;
    }

    [CBody("virNetworkDHCPLeaseFree", KeepsError = true)]
    internal static void Free(CNetworkDHCPLease* of)
    {
        if (of is null)
            return;
        CMemory.Free(of->Interface);
        CMemory.Free(of->Mac);
        CMemory.Free(of->Iaid);
        CMemory.Free(of->Address);
        CMemory.Free(of->Hostname);
        CMemory.Free(of->ClientId);
        CMemory.Free(of);
    }
}

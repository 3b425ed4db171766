using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Finding one network.</summary>
[Capability(ErrorDomain.Network)]
public interface INetworkLookup
{
    /// <summary>The network with this name.</summary>
    [Procedure(46, Priority.High, Inline = true), CExport("virNetworkLookupByName")]
    [Acl(NetworkRight.GetAttributes)]
    ValueTask<NetworkRef> LookupByNameAsync(string name, CancellationToken cancel);

    /// <summary>The network with this uuid.</summary>
    [Procedure(47, Priority.High, Inline = true), CExport("virNetworkLookupByUUID")]
    [Acl(NetworkRight.GetAttributes)]
    ValueTask<NetworkRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel);
}

/// <summary>Listing networks.</summary>
[Capability(ErrorDomain.Network)]
public interface INetworkListing
{
    /// <summary>All networks that match every group of the given flags.</summary>
    [Procedure(283, Priority.High, Inline = true, Shape = Shape.List), CExport("virConnectListAllNetworks")]
    [Acl(ConnectRight.SearchNetworks)]
    [Acl(NetworkRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<NetworkRef[]> ListAllAsync(ListNetworksFlags flags, CancellationToken cancel);

    /// <summary>How many are active.</summary>
    [Procedure(52, Priority.High, Inline = true), CExport("virConnectNumOfNetworks")]
    [Acl(ConnectRight.SearchNetworks)]
    [Acl(NetworkRight.GetAttributes, Filter = true)]
    ValueTask<int> CountActiveAsync(CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(38, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListNetworks")]
    [Acl(ConnectRight.SearchNetworks)]
    [Acl(NetworkRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel);

    /// <summary>How many are defined and inactive.</summary>
    [Procedure(50, Priority.High, Inline = true), CExport("virConnectNumOfDefinedNetworks")]
    [Acl(ConnectRight.SearchNetworks)]
    [Acl(NetworkRight.GetAttributes, Filter = true)]
    ValueTask<int> CountDefinedAsync(CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(36, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListDefinedNetworks")]
    [Acl(ConnectRight.SearchNetworks)]
    [Acl(NetworkRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel);
}

/// <summary>What a network is and how it is.</summary>
[Capability(ErrorDomain.Network)]
public interface INetworkInfo
{
    /// <summary>The network's document.</summary>
    [Procedure(43, Priority.High, Inline = true), CExport("virNetworkGetXMLDesc")]
    [Acl(NetworkRight.Read)]
    ValueTask<string> GetXmlAsync(NetworkRef network, NetworkXmlFlags flags, CancellationToken cancel);

    /// <summary>Its bridge.</summary>
    [Procedure(45, Priority.High, Inline = true), CExport("virNetworkGetBridgeName")]
    [Acl(NetworkRight.Read)]
    ValueTask<string> GetBridgeNameAsync(NetworkRef network, CancellationToken cancel);

    /// <summary>Whether it is active.</summary>
    [Procedure(152, Priority.High, Inline = true), CExport("virNetworkIsActive")]
    [Acl(NetworkRight.Read)]
    ValueTask<bool> IsActiveAsync(NetworkRef network, CancellationToken cancel);

    /// <summary>Whether it is kept when it stops.</summary>
    [Procedure(153, Priority.High, Inline = true), CExport("virNetworkIsPersistent")]
    [Acl(NetworkRight.Read)]
    ValueTask<bool> IsPersistentAsync(NetworkRef network, CancellationToken cancel);

    /// <summary>Whether it starts with the daemon.</summary>
    [Procedure(44, Priority.High, Inline = true), CExport("virNetworkGetAutostart")]
    [Acl(NetworkRight.Read)]
    ValueTask<bool> GetAutostartAsync(NetworkRef network, CancellationToken cancel);
}

/// <summary>The addresses that a network gave out.</summary>
[Capability(ErrorDomain.Network)]
public interface INetworkLeases
{
    /// <summary>DHCP leases, of one MAC or of all.</summary>
    [Procedure(341, Shape = Shape.List), CExport("virNetworkGetDHCPLeases")]
    [Acl(NetworkRight.Read)]
    [return: Bound(65536)]
    ValueTask<DhcpLease[]> GetDhcpLeasesAsync(NetworkRef network, string? mac, uint flags, CancellationToken cancel);
}

/// <summary>Making, starting and stopping networks.</summary>
[Capability(ErrorDomain.Network)]
public interface INetworkLifecycle
{
    /// <summary>Starts a network that is gone when it stops.</summary>
    [Procedure(40, Write = true), CExport("virNetworkCreateXML")]
    [Acl(NetworkRight.Write)]
    [Acl(NetworkRight.Start)]
    ValueTask<NetworkRef> CreateTransientAsync(string xml, CancellationToken cancel) =>
        CreateTransientAsync(xml, default, cancel);

    /// <summary>Starts a network that is gone when it stops.</summary>
    [Procedure(437, Priority.High, Write = true), CExport("virNetworkCreateXMLFlags")]
    [Acl(NetworkRight.Write)]
    [Acl(NetworkRight.Start)]
    ValueTask<NetworkRef> CreateTransientAsync(string xml, NetworkCreateFlags flags, CancellationToken cancel);

    /// <summary>Makes a persistent network of a document, or changes one.</summary>
    [Procedure(41, Priority.High, Write = true), CExport("virNetworkDefineXML")]
    [Acl(NetworkRight.Write)]
    [Acl(NetworkRight.Save)]
    ValueTask<NetworkRef> DefineAsync(string xml, CancellationToken cancel) => DefineAsync(xml, default, cancel);

    /// <summary>Makes a persistent network of a document, or changes one.</summary>
    [Procedure(432, Priority.High, Write = true), CExport("virNetworkDefineXMLFlags")]
    [Acl(NetworkRight.Write)]
    [Acl(NetworkRight.Save)]
    ValueTask<NetworkRef> DefineAsync(string xml, NetworkDefineFlags flags, CancellationToken cancel);

    /// <summary>Starts a defined network.</summary>
    [Procedure(39, Write = true), CExport("virNetworkCreate")]
    [Acl(NetworkRight.Start)]
    ValueTask CreateAsync(NetworkRef network, CancellationToken cancel);

    /// <summary>Stops it.</summary>
    [Procedure(42, Priority.High, Write = true), CExport("virNetworkDestroy")]
    [Acl(NetworkRight.Stop)]
    ValueTask DestroyAsync(NetworkRef network, CancellationToken cancel);

    /// <summary>Forgets it.</summary>
    [Procedure(49, Priority.High, Write = true), CExport("virNetworkUndefine")]
    [Acl(NetworkRight.Delete)]
    ValueTask UndefineAsync(NetworkRef network, CancellationToken cancel);

    /// <summary>Whether it shall start with the daemon.</summary>
    [Procedure(48, Priority.High, Write = true), CExport("virNetworkSetAutostart")]
    [Acl(NetworkRight.Write)]
    ValueTask SetAutostartAsync(NetworkRef network, bool autostart, CancellationToken cancel);

    /// <summary>Changes part of a network.</summary>
    [Procedure(291, Priority.High, Write = true), CExport("virNetworkUpdate")]
    [Acl(NetworkRight.Write)]
    [Acl(NetworkRight.Save, Unless = NetworkUpdateFlags.AffectConfig | NetworkUpdateFlags.AffectLive)]
    [Acl(NetworkRight.Save, If = NetworkUpdateFlags.AffectConfig)]
    ValueTask UpdateAsync(
        NetworkRef network, [Wire(WireType.UInt)] NetworkUpdateCommand command, [Wire(WireType.UInt)] NetworkUpdateSection section,
        int parentIndex, string xml, NetworkUpdateFlags flags, CancellationToken cancel);
}

using Vireo.Core;
using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Interfaces of the host.</summary>
[Capability(ErrorDomain.Interface)]
public interface IInterfaceListing
{
    /// <summary>All interfaces that match every group of the given flags.</summary>
    [Procedure(284, Priority.High, Inline = true, Shape = Shape.List), CExport("virConnectListAllInterfaces")]
    [Acl(ConnectRight.SearchInterfaces)]
    [Acl(InterfaceRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<InterfaceRef[]> ListAllAsync(ListInterfacesFlags flags, CancellationToken cancel);

    /// <summary>How many are active.</summary>
    [Procedure(126, Priority.High, Inline = true), CExport("virConnectNumOfInterfaces")]
    [Acl(ConnectRight.SearchInterfaces)]
    [Acl(InterfaceRight.GetAttributes, Filter = true)]
    ValueTask<int> CountActiveAsync(CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(127, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListInterfaces")]
    [Acl(ConnectRight.SearchInterfaces)]
    [Acl(InterfaceRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel);

    /// <summary>How many are defined and inactive.</summary>
    [Procedure(137, Priority.High, Inline = true), CExport("virConnectNumOfDefinedInterfaces")]
    [Acl(ConnectRight.SearchInterfaces)]
    [Acl(InterfaceRight.GetAttributes, Filter = true)]
    ValueTask<int> CountDefinedAsync(CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(138, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListDefinedInterfaces")]
    [Acl(ConnectRight.SearchInterfaces)]
    [Acl(InterfaceRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel);

    /// <summary>The interface with this name.</summary>
    [Procedure(128, Priority.High, Inline = true), CExport("virInterfaceLookupByName")]
    [Acl(InterfaceRight.GetAttributes)]
    ValueTask<InterfaceRef> LookupByNameAsync(string name, CancellationToken cancel);

    /// <summary>The interface with this MAC.</summary>
    [Procedure(129, Priority.High, Inline = true), CExport("virInterfaceLookupByMACString")]
    [Acl(InterfaceRight.GetAttributes)]
    ValueTask<InterfaceRef> LookupByMacAsync(string mac, CancellationToken cancel);

    /// <summary>The interface's document.</summary>
    [Procedure(130, Inline = true), CExport("virInterfaceGetXMLDesc")]
    [Acl(InterfaceRight.Read)]
    ValueTask<string> GetXmlAsync(InterfaceRef @interface, InterfaceXmlFlags flags, CancellationToken cancel);

    /// <summary>Whether it is active.</summary>
    [Procedure(156, Priority.High, Inline = true), CExport("virInterfaceIsActive")]
    [Acl(InterfaceRight.Read)]
    ValueTask<bool> IsActiveAsync(InterfaceRef @interface, CancellationToken cancel);
}

/// <summary>Devices of the host.</summary>
[Capability(ErrorDomain.Nodedev)]
public interface INodeDeviceListing
{
    /// <summary>All devices that match the given flags.</summary>
    [Procedure(285, Priority.High, Inline = true, Shape = Shape.List), CExport("virConnectListAllNodeDevices")]
    [Acl(ConnectRight.SearchNodeDevices)]
    [Acl(NodeDeviceRight.GetAttributes, Filter = true)]
    [return: Bound(65536)]
    ValueTask<NodeDeviceRef[]> ListAllAsync(ListNodeDevicesFlags flags, CancellationToken cancel);

    /// <summary>How many devices have a capability; null: any.</summary>
    [Procedure(111, Priority.High, Inline = true), CExport("virNodeNumOfDevices")]
    [Acl(ConnectRight.SearchNodeDevices)]
    [Acl(NodeDeviceRight.GetAttributes, Filter = true)]
    ValueTask<int> CountAsync(string? capability, uint flags, CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(112, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virNodeListDevices")]
    [Acl(ConnectRight.SearchNodeDevices)]
    [Acl(NodeDeviceRight.GetAttributes, Filter = true)]
    [return: Bound(65536)]
    ValueTask<string[]> ListNamesAsync(string? capability, uint flags, CancellationToken cancel);

    /// <summary>The device with this name.</summary>
    [Procedure(113, Priority.High, Inline = true), CExport("virNodeDeviceLookupByName")]
    [Acl(NodeDeviceRight.GetAttributes)]
    ValueTask<NodeDeviceRef> LookupByNameAsync(string name, CancellationToken cancel);

    /// <summary>The device's document.</summary>
    [Procedure(114, Inline = true), CExport("virNodeDeviceGetXMLDesc")]
    [Acl(NodeDeviceRight.Read)]
    ValueTask<string> GetXmlAsync(string name, uint flags, CancellationToken cancel);

    /// <summary>The name of its parent; null: it has none.</summary>
    [Procedure(115, Priority.High, Inline = true), CExport("virNodeDeviceGetParent")]
    [Acl(NodeDeviceRight.Read)]
    ValueTask<string?> GetParentAsync(string name, CancellationToken cancel);

    /// <summary>How many capabilities it has.</summary>
    [Procedure(116, Priority.High, Inline = true), CExport("virNodeDeviceNumOfCaps")]
    [Acl(NodeDeviceRight.Read)]
    ValueTask<int> CountCapabilitiesAsync(string name, CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(117, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virNodeDeviceListCaps")]
    [Acl(NodeDeviceRight.Read)]
    [return: Bound(65536)]
    ValueTask<string[]> ListCapabilitiesAsync(string name, CancellationToken cancel);
}

/// <summary>Network filters.</summary>
[Capability(ErrorDomain.Nwfilter)]
public interface INwFilterListing
{
    /// <summary>All filters.</summary>
    [Procedure(286, Priority.High, Inline = true, Shape = Shape.List), CExport("virConnectListAllNWFilters")]
    [Acl(ConnectRight.SearchNwfilters)]
    [Acl(NwFilterRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<NwFilterRef[]> ListAllAsync(uint flags, CancellationToken cancel);

    /// <summary>How many there are.</summary>
    [Procedure(178, Priority.High, Inline = true), CExport("virConnectNumOfNWFilters")]
    [Acl(ConnectRight.SearchNwfilters)]
    [Acl(NwFilterRight.GetAttributes, Filter = true)]
    ValueTask<int> CountAsync(CancellationToken cancel);

    /// <summary>Their names.</summary>
    [Procedure(179, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListNWFilters")]
    [Acl(ConnectRight.SearchNwfilters)]
    [Acl(NwFilterRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListNamesAsync(CancellationToken cancel);

    /// <summary>The filter with this name.</summary>
    [Procedure(175, Priority.High, Inline = true), CExport("virNWFilterLookupByName")]
    [Acl(NwFilterRight.GetAttributes)]
    ValueTask<NwFilterRef> LookupByNameAsync(string name, CancellationToken cancel);

    /// <summary>The filter with this uuid.</summary>
    [Procedure(176, Priority.High, Inline = true), CExport("virNWFilterLookupByUUID")]
    [Acl(NwFilterRight.GetAttributes)]
    ValueTask<NwFilterRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel);

    /// <summary>The filter's document.</summary>
    [Procedure(177, Priority.High, Inline = true), CExport("virNWFilterGetXMLDesc")]
    [Acl(NwFilterRight.Read)]
    ValueTask<string> GetXmlAsync(NwFilterRef filter, uint flags, CancellationToken cancel);
}

/// <summary>Bindings of network filters to ports.</summary>
[Capability(ErrorDomain.Nwfilter)]
public interface INwFilterBindings
{
    /// <summary>All bindings.</summary>
    [Procedure(401, Priority.High, Inline = true, Shape = Shape.List), CExport("virConnectListAllNWFilterBindings")]
    [Acl(ConnectRight.SearchNwfilterBindings)]
    [Acl(NwFilterBindingRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<NwFilterBindingRef[]> ListBindingsAsync(uint flags, CancellationToken cancel);

    /// <summary>The binding of this port.</summary>
    [Procedure(397, Priority.High, Inline = true), CExport("virNWFilterBindingLookupByPortDev")]
    [Acl(NwFilterBindingRight.GetAttributes)]
    ValueTask<NwFilterBindingRef> LookupBindingAsync(string name, CancellationToken cancel);

    /// <summary>The binding's document.</summary>
    [Procedure(398, Priority.High, Inline = true), CExport("virNWFilterBindingGetXMLDesc")]
    [Acl(NwFilterBindingRight.Read)]
    ValueTask<string> GetBindingXmlAsync(NwFilterBindingRef filter, uint flags, CancellationToken cancel);
}

/// <summary>Secrets, without their values.</summary>
[Capability(ErrorDomain.Secret)]
public interface ISecretListing
{
    /// <summary>All secrets that match every group of the given flags.</summary>
    [Procedure(287, Priority.High, Inline = true, Shape = Shape.List), CExport("virConnectListAllSecrets")]
    [Acl(ConnectRight.SearchSecrets)]
    [Acl(SecretRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<SecretRef[]> ListAllAsync(ListSecretsFlags flags, CancellationToken cancel);

    /// <summary>How many there are.</summary>
    [Procedure(139, Priority.High, Inline = true), CExport("virConnectNumOfSecrets")]
    [Acl(ConnectRight.SearchSecrets)]
    [Acl(SecretRight.GetAttributes, Filter = true)]
    ValueTask<int> CountAsync(CancellationToken cancel);

    /// <summary>Their uuids, as text.</summary>
    [Procedure(140, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virConnectListSecrets")]
    [Acl(ConnectRight.SearchSecrets)]
    [Acl(SecretRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<string[]> ListUuidsAsync(CancellationToken cancel);

    /// <summary>The secret with this uuid.</summary>
    [Procedure(141, Priority.High, Inline = true), CExport("virSecretLookupByUUID")]
    [Acl(SecretRight.GetAttributes)]
    ValueTask<SecretRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel);

    /// <summary>The secret for this use.</summary>
    [Procedure(147, Priority.High, Inline = true), CExport("virSecretLookupByUsage")]
    [Acl(SecretRight.GetAttributes)]
    ValueTask<SecretRef> LookupByUsageAsync(SecretUsageType usageType, string usageId, CancellationToken cancel);

    /// <summary>The secret's document.</summary>
    [Procedure(143, Priority.High, Inline = true), CExport("virSecretGetXMLDesc")]
    [Acl(SecretRight.Read)]
    ValueTask<string> GetXmlAsync(SecretRef secret, uint flags, CancellationToken cancel);
}

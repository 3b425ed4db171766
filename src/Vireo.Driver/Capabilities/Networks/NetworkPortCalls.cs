using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Ports of networks.</summary>
[Capability(ErrorDomain.Network)]
public interface INetworkPortListing
{
    /// <summary>All ports of a network.</summary>
    [Procedure(404, Priority.High, Shape = Shape.List), CExport("virNetworkListAllPorts")]
    [Acl(NetworkRight.SearchPorts)]
    [Acl(NetworkPortRight.GetAttributes, Filter = true)]
    [return: Bound(16384)]
    ValueTask<NetworkPortRef[]> ListPortsAsync(NetworkRef network, uint flags, CancellationToken cancel);

    /// <summary>The port with this uuid.</summary>
    [Procedure(405, Priority.High), CExport("virNetworkPortLookupByUUID")]
    [Acl(NetworkPortRight.GetAttributes)]
    ValueTask<NetworkPortRef> LookupPortAsync(NetworkRef network, Uuid uuid, CancellationToken cancel);

    /// <summary>The port's document.</summary>
    [Procedure(409), CExport("virNetworkPortGetXMLDesc")]
    [Acl(NetworkPortRight.Read)]
    ValueTask<string> GetPortXmlAsync(NetworkPortRef port, uint flags, CancellationToken cancel);
}

/// <summary>Making ports of networks, and their bandwidth.</summary>
[Capability(ErrorDomain.Network)]
public interface INetworkPortLifecycle
{
    /// <summary>Makes a port of a document.</summary>
    [Procedure(406, Write = true), CExport("virNetworkPortCreateXML")]
    [Acl(NetworkPortRight.Create)]
    ValueTask<NetworkPortRef> CreatePortAsync(NetworkRef network, string xml, NetworkPortCreateFlags flags, CancellationToken cancel);

    /// <summary>Bandwidth, by name.</summary>
    [Procedure(407, Shape = Shape.Told), CExport("virNetworkPortGetParameters")]
    [Acl(NetworkPortRight.Read)]
    [return: Bound(16)]
    ValueTask<TypedParameter[]> GetPortParametersAsync(NetworkPortRef port, uint flags, CancellationToken cancel);

    /// <summary>Changes what is named.</summary>
    [Procedure(408, Write = true), CExport("virNetworkPortSetParameters")]
    [Acl(NetworkPortRight.Write)]
    ValueTask SetPortParametersAsync(NetworkPortRef port, [Bound(16)] TypedParameter[] parameters, uint flags, CancellationToken cancel);

    /// <summary>Removes it.</summary>
    [Procedure(410, Write = true), CExport("virNetworkPortDelete")]
    [Acl(NetworkPortRight.Delete)]
    ValueTask DeletePortAsync(NetworkPortRef port, uint flags, CancellationToken cancel);
}

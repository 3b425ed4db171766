using Vireo.Driver;
using Vireo.Model.NodeDevice;
using Vireo.Model.Secret;

namespace Vireo;

/// <summary>A device of the host.</summary>
[Wraps(typeof(NodeDeviceRef), ByName = "INodeDevice", Without = "INodeDeviceDefinitions.CreateAsync INodeDeviceListing.CountCapabilities")]
public sealed partial class NodeDevice
{
    /// <summary>Starts a device that is defined.</summary>
    public async Task StartAsync(CancellationToken cancel = default) =>
        await connection.Require<INodeDeviceDefinitions>().CreateAsync(Name, 0, cancel).ConfigureAwait(false);

    /// <summary>Its document, read.</summary>
    public async Task<NodeDeviceDef> GetDefinitionAsync(CancellationToken cancel = default) =>
        NodeDeviceDef.Parse(await GetXmlAsync(cancel).ConfigureAwait(false));
}

/// <summary>A secret: a value that the host keeps for guests.</summary>
[Wraps(typeof(SecretRef))]
public sealed partial class Secret
{
    /// <summary>Its document, read.</summary>
    public async Task<SecretDef> GetDefinitionAsync(CancellationToken cancel = default) => SecretDef.Parse(await GetXmlAsync(cancel).ConfigureAwait(false));
}

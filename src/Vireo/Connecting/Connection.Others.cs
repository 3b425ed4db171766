using Vireo.Core;
using Vireo.Driver;
using Vireo.Model.NodeDevice;
using Vireo.Model.Secret;

namespace Vireo;

public sealed partial class Connection
{
    /// <summary>The devices of the host that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<NodeDevice>> ListNodeDevicesAsync(ListNodeDevicesFlags flags = default, CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<INodeDeviceListing>().ListAllAsync(flags, cancel).ConfigureAwait(false), r => new NodeDevice(this, r));

    /// <summary>The device of the host with this name.</summary>
    public async Task<NodeDevice> GetNodeDeviceAsync(string name, CancellationToken cancel = default) =>
        new(this, await Require<INodeDeviceListing>().LookupByNameAsync(name, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent device of the host of a document, or changes one.</summary>
    public async Task<NodeDevice> DefineNodeDeviceAsync(string xml, NodeDeviceDefineFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<INodeDeviceDefinitions>().DefineAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent device of the host of a definition, or changes one.</summary>
    public async Task<NodeDevice> DefineNodeDeviceAsync(NodeDeviceDef definition, NodeDeviceDefineFlags flags = default, CancellationToken cancel = default) =>
        await DefineNodeDeviceAsync(definition.ToXml(), flags, cancel).ConfigureAwait(false);

    /// <summary>Makes a device of the host that is gone when it stops.</summary>
    public async Task<NodeDevice> CreateNodeDeviceAsync(string xml, NodeDeviceCreateFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<INodeDeviceLifecycle>().CreateAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>The SCSI host adapter with these names.</summary>
    public async Task<NodeDevice> GetNodeDeviceByWwnAsync(string nodeName, string portName, CancellationToken cancel = default) =>
        new(this, await Require<INodeDeviceWwn>().LookupByWwnAsync(nodeName, portName, 0, cancel).ConfigureAwait(false));

    /// <summary>The secrets that match every group of the given flags.</summary>
    public async Task<IReadOnlyList<Secret>> ListSecretsAsync(ListSecretsFlags flags = default, CancellationToken cancel = default) =>
        Array.ConvertAll(await Require<ISecretListing>().ListAllAsync(flags, cancel).ConfigureAwait(false), r => new Secret(this, r));

    /// <summary>The secret with this uuid.</summary>
    public async Task<Secret> GetSecretAsync(Uuid uuid, CancellationToken cancel = default) =>
        new(this, await Require<ISecretListing>().LookupByUuidAsync(uuid, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent secret of a document, or changes one.</summary>
    public async Task<Secret> DefineSecretAsync(string xml, SecretDefineFlags flags = default, CancellationToken cancel = default) =>
        new(this, await Require<ISecretLifecycle>().DefineAsync(xml, flags, cancel).ConfigureAwait(false));

    /// <summary>Makes a persistent secret of a definition, or changes one.</summary>
    public async Task<Secret> DefineSecretAsync(SecretDef definition, SecretDefineFlags flags = default, CancellationToken cancel = default) =>
        await DefineSecretAsync(definition.ToXml(), flags, cancel).ConfigureAwait(false);

    /// <summary>The secret for this use.</summary>
    public async Task<Secret> GetSecretAsync(SecretUsageType usageType, string usageId, CancellationToken cancel = default) =>
        new(this, await Require<ISecretListing>().LookupByUsageAsync(usageType, usageId, cancel).ConfigureAwait(false));
}

using Vireo.Conformance.Runner;
using Vireo.Model.NodeDevice;

namespace Vireo.Conformance.NodeDevice;

/// <summary>Devices of the host.</summary>
sealed class NodeDeviceSuite : Suite
{
    public override string Name => "nodedev-xml2xml";

    public override Outputs Run(CaseInput input)
    {
        NodeDeviceDef device = NodeDeviceDef.Define(input.Text("input"));
        return Outputs.Of((device with { Capabilities = device.Capabilities.Map(Measured) }).ToXml());
    }

    // The suite's environment: what the host would have measured.
    static NodeCapability Measured(NodeCapability capability) => capability switch
    {
        NodeCapability.OfStorage { Size: { } size } disk => disk with { BlockSize = 512, Blocks = size / 512 },
        NodeCapability.OfStorage disk => disk with { Functions = disk.Functions.Map(Measured) },
        _ => capability,
    };

    static StorageFunction Measured(StorageFunction function) =>
        function is StorageFunction.OfRemovable { Available: 1 } drive ? drive with { BlockSize = 2048, Blocks = drive.Size / 2048 } : function;
}

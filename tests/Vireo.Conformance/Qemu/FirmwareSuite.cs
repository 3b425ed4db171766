using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Drivers.Qemu.Definition.Firmware;
using Vireo.Model.Domain;

namespace Vireo.Conformance.Qemu;

/// <summary>Firmware descriptors: what is read of them, their order, what they offer to a machine.</summary>
sealed class FirmwareSuite : Suite
{
    public override string Name => "qemu-firmware";

    public override bool Hides(string member) => base.Hides(member) || member is "secure" or "firmwares" or "interfaces";

    public override IEnumerable<string> Expected(JsonElement manifest) =>
        base.Expected(manifest).Concat(manifest.EnumerateObject().Select(static p => p.Name).Where(static n => n is "secure" or "firmwares" or "interfaces"));

    public override Outputs Run(CaseInput input)
    {
        switch (input.Word("kind"))
        {
            case "parse-format":
                return new() { ["expected"] = Output.Value(JsonNode.Parse(FirmwareDescriptor.Parse(input.Text("input")).ToJson())) };
            case "precedence":
                var tree = new DescriptorTree(input, "firmware");
                return Outputs.Result(new JsonArray([.. tree.Folders.Paths(tree.Standard).Select(static p => (JsonNode)p)]));
            default:
                FirmwareSupport support = FirmwareSupport.Of(new DescriptorTree(input, "firmware").Firmwares, input.Word("arch")!, input.Word("machine")!);
                return new()
                {
                    ["secure"] = Output.Value(support.SecureBoot),
                    ["firmwares"] = Output.Value(new JsonArray([.. support.Images.Select(static i => new JsonObject { ["image"] = i.Image, ["nvram"] = i.Variables })])),
                    ["interfaces"] = Output.Value(new JsonArray([.. support.Kinds.Select(static k => (JsonNode)k.ToXml())])),
                };
        }
    }

    public override string? Difference(CaseInput input, string member, Output made, string? expected)
    {
        if (member != "expected" || expected is null)
            return base.Difference(input, member, made, expected);
        JsonObject kept;
        try
        {
            kept = JsonNode.Parse(expected)!.AsObject();
        }
        catch (JsonException)
        {
            return "what is expected is no JSON object";
        }
        kept.Remove("description");
        kept.Remove("tags");
        return base.Difference(input, member, made, kept.ToJsonString());
    }
}

/// <summary>Descriptors of vhost-user programs: their order.</summary>
sealed class VhostUserSuite : Suite
{
    public override string Name => "qemu-vhost-user";

    public override Outputs Run(CaseInput input)
    {
        var tree = new DescriptorTree(input, "vhost-user");
        IReadOnlyList<string> paths = tree.Folders.Paths(tree.Standard);
        return Outputs.Result(new JsonArray([.. paths.Select(static p => (JsonNode)p)]));
    }
}

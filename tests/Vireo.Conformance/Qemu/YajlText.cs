using System.Text.Json.Nodes;
using Vireo.Core.Json;
using Vireo.Drivers.Qemu.CommandLine;

namespace Vireo.Conformance.Qemu;

/// <summary>QEMU's properties as the corpus's files have them.</summary>
static class YajlText
{
    public static string Of(QemuProperties properties) => JsonText.Pretty(JsonNode.Parse(properties.ToJson()));

    public static string Of(IEnumerable<QemuProperties> all) => JsonText.Pretty(new JsonArray([.. all.Select(static p => JsonNode.Parse(p.ToJson()))]));
}

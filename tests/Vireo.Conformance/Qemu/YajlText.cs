using System.Text;
using System.Text.Json.Nodes;
using Vireo.Drivers.Qemu.CommandLine;

namespace Vireo.Conformance.Qemu;

/// <summary>JSON as the corpus's files have it: indented by two, an empty line in what is empty, a line end after the whole.</summary>
static class YajlText
{
    public static string Of(QemuProperties properties) => Of(JsonNode.Parse(properties.ToJson()));

    public static string Of(IEnumerable<QemuProperties> all) => Of(new JsonArray([.. all.Select(static p => JsonNode.Parse(p.ToJson()))]));

    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, "", text);
        return text.Append('\n').ToString();
    }

    static void Write(JsonNode? node, string indent, StringBuilder text)
    {
        string inner = indent + "  ";
        switch (node)
        {
            case JsonObject map:
                text.Append("{\n");
                int left = map.Count;
                foreach (var (key, value) in map)
                {
                    text.Append(inner).Append('"').Append(key).Append("\": ");
                    Write(value, inner, text);
                    text.Append(--left > 0 ? ",\n" : "\n");
                }
                text.Append(map.Count == 0 ? "\n" : "").Append(indent).Append('}');
                break;
            case JsonArray list:
                text.Append("[\n");
                for (int i = 0; i < list.Count; i++)
                {
                    text.Append(inner);
                    Write(list[i], inner, text);
                    text.Append(i + 1 < list.Count ? ",\n" : "\n");
                }
                text.Append(list.Count == 0 ? "\n" : "").Append(indent).Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }
}

using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Bitmaps of a node that migrate.</summary>
/// <param name="Node">The node.</param>
/// <param name="Alias">What it is called on the way.</param>
/// <param name="Bitmaps">The bitmaps, and what each is called on the way.</param>
public sealed record BitmapMapping(string Node, string Alias, IReadOnlyList<(string Name, string Alias)> Bitmaps);

/// <summary>Says which bitmaps migrate.</summary>
public sealed record MigrateMapBitmaps(IReadOnlyList<BitmapMapping> Nodes) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "migrate-set-parameters";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteStartArray("block-bitmap-mapping");
        foreach (BitmapMapping node in Nodes)
        {
            json.WriteStartObject();
            json.WriteString("node-name", node.Node);
            json.WriteString("alias", node.Alias);
            json.WriteStartArray("bitmaps");
            foreach (var (name, alias) in node.Bitmaps)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("alias", alias);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

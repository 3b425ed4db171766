using System.Text.Json;
using Vireo.Drivers.Qemu.CommandLine;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Lets QEMU serve images by NBD.</summary>
/// <param name="Address">Where it listens: a type and data.</param>
/// <param name="Tls">The object with its certificates; null: no TLS.</param>
public sealed record NbdServerStart(QemuProperties Address, string? Tls) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "nbd-server-start";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WritePropertyName("addr");
        Address.WriteTo(json);
        json.WriteGiven("tls-creds", Tls);
    }
}

/// <summary>Serves a node.</summary>
/// <param name="Id">What the export is called here.</param>
/// <param name="Node">The node.</param>
/// <param name="Export">What clients call it.</param>
/// <param name="IsWritable">They may write.</param>
public sealed record BlockExportAdd(string Id, string Node, string Export, bool IsWritable) : IQmpAction
{
    /// <summary>A bitmap that is offered with it; null: none.</summary>
    public string? Bitmap { get; init; }

    /// <inheritdoc/>
    public string Name => "block-export-add";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("type", "nbd");
        json.WriteString("id", Id);
        json.WriteString("node-name", Node);
        json.WriteBoolean("writable", IsWritable);
        json.WriteString("name", Export);
        if (Bitmap is null)
            return;
        json.WriteStartArray("bitmaps");
        json.WriteStringValue(Bitmap);
        json.WriteEndArray();
    }
}

/// <summary>Serves a node, for a QEMU that does not know other exports yet.</summary>
/// <param name="Node">The node.</param>
/// <param name="Export">What clients call it.</param>
/// <param name="IsWritable">They may write.</param>
public sealed record NbdServerAdd(string Node, string Export, bool IsWritable) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "nbd-server-add";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("device", Node);
        json.WriteString("name", Export);
        json.WriteBoolean("writable", IsWritable);
    }
}

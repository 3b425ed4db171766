using System.Text.Json;
using Vireo.Drivers.Qemu.CommandLine;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Makes an image; a job does it.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Options">What is made.</param>
public sealed record BlockdevCreate(string Job, QemuProperties Options) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "blockdev-create";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("job-id", Job);
        json.WritePropertyName("options");
        Options.WriteTo(json);
    }
}

/// <summary>Puts an image without one below onto another.</summary>
/// <param name="Node">The node below.</param>
/// <param name="Overlay">The node above.</param>
public sealed record BlockdevSnapshot(string Node, string Overlay) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "blockdev-snapshot";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("node", Node);
        json.WriteString("overlay", Overlay);
    }
}

/// <summary>Does several things at one instant, or none of them.</summary>
/// <param name="Actions">What: each has a type and data.</param>
public sealed record Transaction(IReadOnlyList<QemuProperties> Actions) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "transaction";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteStartArray("actions");
        foreach (QemuProperties action in Actions)
            action.WriteTo(json);
        json.WriteEndArray();
    }

    /// <summary>A disk goes on with another image on top of its own.</summary>
    internal static QemuProperties Snapshot(string node, string overlay) =>
        new() { { "type", "blockdev-snapshot" }, { "data", new QemuProperties { { "node", node }, { "overlay", overlay } } } };
}

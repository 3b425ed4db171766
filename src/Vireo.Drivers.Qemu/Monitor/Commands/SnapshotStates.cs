using System.Text.Json;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Keeps the machine's state in its images, by a job.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Tag">What the state is called.</param>
/// <param name="State">The node that takes the memory.</param>
/// <param name="Nodes">The nodes that keep what is on them.</param>
public sealed record SnapshotSave(string Job, string Tag, string State, IReadOnlyList<string> Nodes) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "snapshot-save";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => Write(json, Job, Tag, State, Nodes);

    internal static void Write(Utf8JsonWriter json, string job, string tag, string? state, IReadOnlyList<string> nodes)
    {
        json.WriteString("job-id", job);
        json.WriteString("tag", tag);
        json.WriteGiven("vmstate", state);
        json.WriteStartArray("devices");
        foreach (string node in nodes)
            json.WriteStringValue(node);
        json.WriteEndArray();
    }
}

/// <summary>Makes the machine what it was, by a job.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Tag">What the state is called.</param>
/// <param name="State">The node that has the memory.</param>
/// <param name="Nodes">The nodes that go back.</param>
public sealed record SnapshotLoad(string Job, string Tag, string State, IReadOnlyList<string> Nodes) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "snapshot-load";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => SnapshotSave.Write(json, Job, Tag, State, Nodes);
}

/// <summary>Forgets a state in images, by a job.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Tag">What the state is called.</param>
/// <param name="Nodes">The nodes that have it.</param>
public sealed record SnapshotForget(string Job, string Tag, IReadOnlyList<string> Nodes) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "snapshot-delete";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => SnapshotSave.Write(json, Job, Tag, null, Nodes);
}

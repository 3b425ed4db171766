using System.Text.Json;
using Vireo.Drivers.Qemu.CommandLine;

namespace Vireo.Drivers.Qemu.Monitor.Commands;

/// <summary>Gives a disk another size.</summary>
/// <param name="Device">The drive's legacy name; null: there is a node.</param>
/// <param name="NodeName">The node at the top; null: there is a device.</param>
/// <param name="Bytes">The size.</param>
public sealed record BlockResize(string? Device, string? NodeName, ulong Bytes) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "block_resize";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteGiven("device", Device);
        json.WriteGiven("node-name", NodeName);
        json.WriteNumber("size", Bytes);
    }
}

/// <summary>Copies a disk to another node and keeps both equal until the job is completed.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Device">The node that is copied.</param>
/// <param name="Target">The node that becomes the copy.</param>
public sealed record BlockdevMirror(string Job, string Device, string Target) : IQmpAction
{
    /// <summary>The job stays until it is dismissed.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>Only the image on top is copied.</summary>
    public bool IsShallow { get; init; }

    /// <summary>Bytes a second; 0: no limit.</summary>
    public ulong Speed { get; init; }

    /// <summary>Bytes of one piece; 0: QEMU chooses.</summary>
    public ulong Granularity { get; init; }

    /// <summary>Most bytes on their way; 0: QEMU chooses.</summary>
    public ulong BufferBytes { get; init; }

    /// <summary>What the guest writes is written to both before it is told done.</summary>
    public bool IsSynchronous { get; init; }

    /// <inheritdoc/>
    public string Name => "blockdev-mirror";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        BlockJobs.Begin(json, Job, Device, Speed, IsPersistent);
        json.WriteString("target", Target);
        json.WriteString("sync", IsShallow ? "top" : "full");
        json.WriteGiven("granularity", Granularity);
        json.WriteGiven("buf-size", BufferBytes);
        if (IsSynchronous)
            json.WriteString("copy-mode", "write-blocking");
    }
}

/// <summary>Draws what is below a disk's image up into it.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Device">The node that takes.</param>
/// <param name="Base">The node that stays below; null: none does.</param>
/// <param name="BackingFile">What the image calls the one below from then on; null: the base's own name.</param>
/// <param name="Speed">Bytes a second; 0: no limit.</param>
public sealed record BlockStream(string Job, string Device, string? Base, string? BackingFile, ulong Speed) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "block-stream";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        BlockJobs.Begin(json, Job, Device, Speed, isPersistent: true);
        json.WriteGiven("base-node", Base);
        json.WriteGiven("backing-file", BackingFile);
    }
}

/// <summary>Writes what is in upper images down into a lower one.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Device">The node at the top of the disk.</param>
/// <param name="Top">The highest node that is written down.</param>
/// <param name="Base">The node that takes.</param>
/// <param name="BackingFile">What the image above calls the base from then on; null: its own name.</param>
/// <param name="Speed">Bytes a second; 0: no limit.</param>
/// <param name="AutoFinalize">The graph changes by itself at the end; null: QEMU's rule.</param>
public sealed record BlockCommit(string Job, string Device, string Top, string Base, string? BackingFile, ulong Speed, bool? AutoFinalize = null) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "block-commit";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        BlockJobs.Begin(json, Job, Device, Speed, isPersistent: true, AutoFinalize);
        json.WriteString("top-node", Top);
        json.WriteString("base-node", Base);
        json.WriteGiven("backing-file", BackingFile);
    }
}

/// <summary>Opens a drive's tray.</summary>
/// <param name="Id">The drive's front end.</param>
/// <param name="Force">Whether or not the guest holds it.</param>
public sealed record BlockdevOpenTray(string Id, bool Force) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "blockdev-open-tray";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("id", Id);
        json.WriteBoolean("force", Force);
    }
}

/// <summary>Closes a drive's tray.</summary>
/// <param name="Id">The drive's front end.</param>
public sealed record BlockdevCloseTray(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "blockdev-close-tray";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}

/// <summary>Takes the medium out of an open tray.</summary>
/// <param name="Id">The drive's front end.</param>
public sealed record BlockdevRemoveMedium(string Id) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "blockdev-remove-medium";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteString("id", Id);
}

/// <summary>Puts a medium into an open tray.</summary>
/// <param name="Id">The drive's front end.</param>
/// <param name="NodeName">The medium.</param>
public sealed record BlockdevInsertMedium(string Id, string NodeName) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "blockdev-insert-medium";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("id", Id);
        json.WriteString("node-name", NodeName);
    }
}

/// <summary>Removes a dirty bitmap.</summary>
/// <param name="Node">The node that has it.</param>
/// <param name="Bitmap">Its name.</param>
public sealed record BlockDirtyBitmapRemove(string Node, string Bitmap) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "block-dirty-bitmap-remove";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteString("node", Node);
        json.WriteString("name", Bitmap);
    }
}

/// <summary>Opens a node in another way.</summary>
/// <param name="Options">All of the node's options, as they are to be.</param>
public sealed record BlockdevReopen(QemuProperties Options) : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "blockdev-reopen";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json)
    {
        json.WriteStartArray("options");
        Options.WriteTo(json);
        json.WriteEndArray();
    }
}

/// <summary>Asks which bitmaps the nodes have.</summary>
public sealed record QueryBitmaps : IQmpCommand<IReadOnlyDictionary<string, Drivers.Qemu.Blocks.BlockNode>>
{
    /// <inheritdoc/>
    public string Name => "query-named-block-nodes";

    /// <inheritdoc/>
    public void WriteArguments(Utf8JsonWriter json) => json.WriteBoolean("flat", true);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Drivers.Qemu.Blocks.BlockNode> Read(JsonElement reply) => Drivers.Qemu.Blocks.BlockNode.Read(reply);
}

/// <summary>Ends QEMU's NBD server.</summary>
public sealed record NbdServerStop : IQmpAction
{
    /// <inheritdoc/>
    public string Name => "nbd-server-stop";
}

/// <summary>A drive and what is in it.</summary>
/// <param name="QDev">Its front end: an id or a place in the object tree.</param>
/// <param name="IsOpen">Its tray is open.</param>
/// <param name="Node">The node of the medium; null: there is none.</param>
/// <param name="File">The medium's file, if it is one.</param>
public sealed record DriveState(string QDev, bool IsOpen, string? Node, string? File);

/// <summary>Asks what is in the drives.</summary>
public sealed record QueryBlock : IQmpCommand<IReadOnlyList<DriveState>>
{
    /// <inheritdoc/>
    public string Name => "query-block";

    /// <inheritdoc/>
    public IReadOnlyList<DriveState> Read(JsonElement reply) => [.. reply.Items().Select(static d =>
    {
        JsonElement medium = d.Member("inserted") ?? default;
        return new DriveState(d.Text("qdev") ?? "", d.Flag("tray_open") ?? false, medium.Text("node-name"), medium.Text("file"));
    })];
}

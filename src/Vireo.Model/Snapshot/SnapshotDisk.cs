using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Snapshot;

/// <summary>How one disk takes part.</summary>
[Element("disk")]
public sealed partial record SnapshotDisk
{
    /// <summary>Its target's name, or where its image is.</summary>
    [Attr("name", First = true, Missing = "internal|missing name from disk snapshot element")] public required string Name { get; init; }
    [Attr("snapshot", First = true)] public SnapshotLocation? Location { get; init; }
    [Attr("type", In = "driver", Bad = "unsupported|unknown disk snapshot driver '{0}'")] public StorageFormat? Format { get; init; }
    [Text("driver/metadata_cache/max_size", Unit = "bytes")] public ByteSize? MetadataCache { get; init; }

    /// <summary>The image that the machine goes on with.</summary>
    [Child("source")] public DiskSource? Source { get; init; }

    /// <summary>The path or name of the image; null if none was given.</summary>
    public string? Image => PathOf(Source);

    internal static string? PathOf(DiskSource? source) => source switch
    {
        DiskSource.OfFile file => file.Path,
        DiskSource.OfBlock block => block.Path,
        DiskSource.OfDirectory folder => folder.Path,
        DiskSource.OfNetwork network => network.Name,
        DiskSource.OfVhostUser socket => socket.Path,
        _ => null,
    };
}

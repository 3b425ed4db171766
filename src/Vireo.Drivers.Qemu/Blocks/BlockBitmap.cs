using System.Text.Json;
using Vireo.Drivers.Qemu.Monitor;

namespace Vireo.Drivers.Qemu.Blocks;

/// <summary>A bitmap of what was written to a block node.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRecording">Writes are noted.</param>
/// <param name="IsBusy">A job uses it.</param>
/// <param name="IsPersistent">The image keeps it.</param>
/// <param name="IsInconsistent">Nobody knows what it missed: QEMU ended without saving it.</param>
/// <param name="Granularity">Bytes that one bit stands for.</param>
/// <param name="DirtyBytes">Bytes marked as written.</param>
public sealed record BlockBitmap(string Name, bool IsRecording, bool IsBusy, bool IsPersistent, bool IsInconsistent, ulong Granularity, ulong DirtyBytes)
{
    /// <summary>It misses nothing, and goes on so.</summary>
    public bool IsSound => IsRecording && IsPersistent && !IsInconsistent;
}

/// <summary>A named block node with its bitmaps.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Bitmaps">Its bitmaps, in QEMU's order.</param>
/// <param name="IsOldQcow2">A qcow2 image of a version that cannot keep bitmaps.</param>
public sealed record BlockNode(string Name, IReadOnlyList<BlockBitmap> Bitmaps, bool IsOldQcow2)
{
    /// <summary>The bitmap of a name.</summary>
    public BlockBitmap? Find(string bitmap) => Bitmaps.FirstOrDefault(b => b.Name == bitmap);

    /// <summary>The nodes that query-named-block-nodes lists, and those below that it shows inside.</summary>
    public static IReadOnlyDictionary<string, BlockNode> Read(JsonElement reply)
    {
        var nodes = new Dictionary<string, BlockNode>(StringComparer.Ordinal);
        foreach (JsonElement node in reply.Items())
            if (node.Text("node-name") is { Length: > 0 } name)
                nodes.TryAdd(name, new BlockNode(name, [.. BitmapsOf(node)], IsOld(node)));
        return nodes;
    }

    static IEnumerable<BlockBitmap> BitmapsOf(JsonElement node)
    {
        if (!node.TryGetProperty("dirty-bitmaps", out JsonElement list))
            yield break;
        foreach (JsonElement bitmap in list.Items())
            if (bitmap.Text("name") is { } name)
                yield return new BlockBitmap(name, bitmap.Flag("recording") ?? false, bitmap.Flag("busy") ?? false, bitmap.Flag("persistent") ?? false,
                    bitmap.Flag("inconsistent") ?? false, (ulong)(bitmap.Number("granularity") ?? 0), (ulong)(bitmap.Number("count") ?? 0));
    }

    static bool IsOld(JsonElement node) =>
        node.TryGetProperty("image", out JsonElement image) && image.TryGetProperty("format-specific", out JsonElement specific) && specific.Text("type") == "qcow2"
        && specific.TryGetProperty("data", out JsonElement data) && data.Text("compat") == "0.10";
}

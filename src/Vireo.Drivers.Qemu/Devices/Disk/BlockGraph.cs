using System.Collections.Immutable;
using System.Globalization;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>
/// A disk's block nodes, the deepest image first. Every image has a node for its bytes, libvirt-N-storage, and one for its
/// format, libvirt-N-format, where N is the index that the source was given when the guest started.
/// </summary>
public sealed class BlockGraph
{
    readonly ImmutableArray<QemuPart>.Builder parts = ImmutableArray.CreateBuilder<QemuPart>();
    readonly ImmutableArray<HostStep>.Builder host = ImmutableArray.CreateBuilder<HostStep>();

    internal ImmutableArray<QemuPart> Parts => parts.ToImmutable();

    internal ImmutableArray<HostStep> Host => host.ToImmutable();

    /// <summary>What the drive is attached to; null for an empty drive.</summary>
    public string? TopNode { get; private set; }

    internal static BlockGraph Of(Disk disk, PlanContext at)
    {
        var graph = new BlockGraph();
        if (IsEmpty(disk.Source))
            return graph;
        graph.AddImages(disk, at);
        if (disk.Driver?.CopyOnRead is true)
        {
            string filter = $"libvirt-CoR-{disk.Target.Device}";
            graph.parts.Add(new QemuBlockdev
            {
                { "driver", "copy-on-read" },
                { "node-name", filter },
                { "file", graph.TopNode },
                { "discard", "unmap" },
            });
            graph.TopNode = filter;
        }
        return graph;
    }

    /// <summary>How the host caches: what was written, and not at all for a disk that other guests see.</summary>
    public static DiskCache? CacheOf(Disk disk) => disk.Driver?.Cache ?? (disk.Shareable && !disk.ReadOnly ? DiskCache.None : null);

    /// <summary>No medium.</summary>
    public static bool IsEmpty(DiskSource source) => source switch
    {
        DiskSource.OfFile file => file.Path is null,
        DiskSource.OfBlock block => block.Path is null,
        DiskSource.OfDirectory directory => directory.Path is null,
        DiskSource.OfVolume volume => volume.Volume is null,
        _ => false,
    };

    /// <summary>The disk's images from the top down, as QEMU gets them.</summary>
    internal static IEnumerable<(BlockImage Image, bool Ends)> ImagesOf(Disk disk, PlanContext at)
    {
        yield return (Image(disk, disk.Source, disk.Driver?.Type, disk.Driver?.MetadataCache?.Bytes, top: true, at), Ends(disk.BackingStore));
        for (BackingStore? store = disk.BackingStore; store is { Source: { } source }; store = store.Next)
            yield return (Image(disk, source with { Index = store.Index ?? source.Index }, store.Format, store.MetadataCacheSize?.Bytes, top: false, at), Ends(store.Next));
    }

    void AddImages(Disk disk, PlanContext at)
    {
        var chain = ImagesOf(disk, at).ToList();
        foreach (var (image, _) in chain)
            AddDescriptors(image, at);
        string? under = null;
        for (int i = chain.Count - 1; i >= 0; i--)
        {
            var (image, ends) = chain[i];
            Reach(image, disk);
            parts.AddRange(BlockObjects.Of(image, at));
            parts.Add(new QemuBlockdev { StorageNode.Of(image) });
            if (image.HasSliceNode)
                parts.Add(new QemuBlockdev { StorageNode.SliceOf(image) });
            parts.Add(new QemuBlockdev { FormatNode.Of(image, under, ends) });
            under = image.Names.Format;
        }
        TopNode = under;
    }

    static bool Ends(BackingStore? next) => next is { Source: null };

    static BlockImage Image(Disk disk, DiskSource source, StorageFormat? format, ulong? tables, bool top, PlanContext at)
    {
        DiskEncryption? encryption = source.Encryption ?? (top ? disk.Encryption : null);
        DiskAuth? auth = source.Auth ?? (top ? disk.Auth : null);
        return new BlockImage
        {
            Source = source,
            Format = format ?? StorageFormat.Raw,
            Names = BlockObjects.NamesOf(source, auth, encryption, at.ImageDescriptors, at),
            Encryption = encryption,
            Auth = auth,
            ReadOnly = !top || disk.ReadOnly,
            Cache = CacheOf(disk),
            Io = disk.Driver?.Io,
            Discard = disk.Driver?.Discard,
            DetectZeroes = top ? DetectZeroesOf(disk.Driver) : null,
            TablesCache = tables,
            IsFloppy = disk.Kind is DiskKind.Floppy,
            IsHostCdRom = disk.Kind is DiskKind.CdRom && format is null or StorageFormat.Raw && source is DiskSource.OfBlock { Path: { } path } && at.Start.IsHostCdRom(path),
            GlusterDebug = at.Start.GlusterDebug,
            Descriptors = source is DiskSource.OfFile { FdGroup: { } group } ? at.Start.DescriptorGroup(group) : 0,
        };
    }

    /// <summary>QEMU's word for how blocks of zeroes are found; null: they are not.</summary>
    public static string? DetectZeroesOf(DiskDriver? driver) => driver?.DetectZeroes switch
    {
        DiskDetectZeroes.Off => "off",
        DiskDetectZeroes.On => "on",
        DiskDetectZeroes.Unmap => driver.Discard is DiskDiscard.Unmap ? "unmap" : "on",
        _ => null,
    };

    void AddDescriptors(BlockImage image, PlanContext at)
    {
        if (image.Names.DescriptorSet is not { } set || image.Source is not DiskSource.OfFile { FdGroup: { } group })
            return;
        for (int i = 0; i < image.Descriptors; i++)
        {
            string number = at.Pass(new DescriptorStep.TakeGiven(group, i));
            parts.Add(new QemuDescriptor(int.Parse(Path.GetFileName(set), CultureInfo.InvariantCulture), number, $"{image.Names.Storage}{i}"));
        }
    }

    void Reach(BlockImage image, Disk disk)
    {
        switch (image.Source)
        {
            case DiskSource.OfFile { Path: { } path, FdGroup: null }: host.Add(new HostStep.Allow(path, image.ReadOnly)); break;
            case DiskSource.OfBlock { Path: { } path }: host.Add(new HostStep.Allow(path, image.ReadOnly)); break;
            case DiskSource.OfDirectory { Path: { } path }: host.Add(new HostStep.Allow(path, ReadOnly: true)); break;
        }
    }
}

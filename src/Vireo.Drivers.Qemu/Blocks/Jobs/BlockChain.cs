using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition.Defaults;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Hypervisor.Images;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>The images of a disk, from its live definition.</summary>
static class BlockChain
{
    /// <summary>The chain, the top first.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="relative">Also how images name those below, which only the images say.</param>
    internal static ChainImage Of(Disk disk, bool relative = false)
    {
        ChainImage? onDisk = null;
        if (relative)
            onDisk = ImageChain.Read(disk.Source, disk.Driver?.Type ?? StorageFormat.Raw);
        return new ChainImage(disk.Source)
        {
            Format = disk.Driver?.Type ?? StorageFormat.Raw,
            Index = disk.Source.Index,
            Backing = Of(disk.BackingStore, onDisk?.Backing),
        };
    }

    static ChainImage? Of(BackingStore? store, ChainImage? onDisk) => store is not { Source: { } source } ? null : new ChainImage(source)
    {
        Format = store.Format ?? StorageFormat.Raw,
        Index = IndexOf(store),
        RelativePath = onDisk?.RelativePath,
        Backing = Of(store.Next, onDisk?.Backing),
    };

    internal static uint? IndexOf(BackingStore store) => store.Index ?? store.Source?.Index;

    /// <summary>The node of an image's format.</summary>
    internal static string NodeOf(uint? index) => ImageNames.OfIndex(index).Format;

    /// <summary>The nodes of a disk's images, the top first.</summary>
    internal static IReadOnlyList<string> Nodes(Disk disk)
    {
        List<string> nodes = [NodeOf(disk.Source.Index)];
        for (BackingStore? store = disk.BackingStore; store is { Source: not null }; store = store.Next)
            nodes.Add(NodeOf(IndexOf(store)));
        return nodes;
    }

    /// <summary>The image of a node below the top; null if it is not there.</summary>
    internal static BackingStore? Below(Disk disk, string node)
    {
        for (BackingStore? store = disk.BackingStore; store is { Source: not null }; store = store.Next)
            if (NodeOf(IndexOf(store)) == node)
                return store;
        return null;
    }

    /// <summary>The disk without the images between its top and one below; null: without all.</summary>
    internal static Disk Pulled(Disk disk, string? below) => below is null ? disk with { BackingStore = new BackingStore() }
        : Below(disk, below) is { } store ? disk with { BackingStore = store } : disk;

    /// <summary>The disk without the images between one above and one below.</summary>
    internal static Disk Committed(Disk disk, string? above, string below)
    {
        if (Below(disk, below) is not { } store)
            return disk;
        if (above is null || above == NodeOf(disk.Source.Index))
            return disk with { BackingStore = store };
        return disk with { BackingStore = Replace(disk.BackingStore) };

        BackingStore? Replace(BackingStore? at) => at is not { Source: not null } ? at
            : NodeOf(IndexOf(at)) == above ? at with { Next = store } : at with { Next = Replace(at.Next) };
    }

    /// <summary>The disk on another image.</summary>
    internal static Disk On(Disk disk, DiskSource source, StorageFormat? format, BackingStore? below) => disk with
    {
        Source = source,
        BackingStore = below,
        Driver = (disk.Driver ?? new DiskDriver()) with { Type = format },
    };

    /// <summary>The disk on one of the images below.</summary>
    internal static Disk OnBase(Disk disk, string below) => Below(disk, below) is not { Source: { } source } store ? disk
        : On(disk, source with { Index = IndexOf(store) }, store.Format, store.Next) with { Mirror = null };

    /// <summary>A disk that has nothing but an image, to plan the image's nodes.</summary>
    internal static Disk Aside(Disk disk, DiskSource source, StorageFormat? format, BackingStore? below) => On(disk, DiskDefaults.Complete(source), format, below) with
    {
        Alias = null,
        Mirror = null,
        Driver = (disk.Driver ?? new DiskDriver()) with { Type = format, CopyOnRead = null },
    };

    /// <summary>How the image in the place of one says where another below is: relative only if all between do.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_INVALID: it cannot.</exception>
    internal static string NameOf(ChainImage? first, ChainImage below, bool relative)
    {
        if (!relative)
            return BackingName.Of(below.Source);
        return (first is null ? null : ImageLookup.RelativePath(first, below))
            ?? throw VireoException.OperationInvalid(ErrorDomain.Storage, "can't keep relative backing relationship");
    }

    /// <summary>A chain as a definition that does not run has it.</summary>
    internal static BackingStore? Written(BackingStore? store) =>
        store is null ? null : store with { Index = null, Source = store.Source is { } source ? source with { Index = null } : null, Next = Written(store.Next) };
}

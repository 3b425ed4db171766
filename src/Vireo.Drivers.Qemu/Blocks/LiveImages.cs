using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks;

/// <summary>Images of running disks by the names that callers have for them.</summary>
static class LiveImages
{
    /// <summary>The image that is meant by "vda" (the one on top), "vda[0]" (the same) or "vda[3]" (the one with this number).</summary>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG: there is none.</exception>
    internal static (Disk Disk, DiskSource Source, uint Index) Find(DomainDef machine, string name)
    {
        string target = name;
        uint wanted = 0;
        if (name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var open)
        {
            target = name[..open];
            if (!uint.TryParse(name.AsSpan(open + 1, name.Length - open - 2), NumberStyles.None, CultureInfo.InvariantCulture, out wanted))
                throw Missing(name);
        }
        Disk disk = machine.Devices.Disks.FirstOrDefault(one => one.Target.Device == target) ?? throw Missing(name);
        if (wanted == 0)
            return (disk, disk.Source, disk.Source.Index ?? 0);
        for (BackingStore? image = new() { Source = disk.Source, Index = disk.Source.Index, Next = disk.BackingStore }; image is { Source: { } source }; image = image.Next)
            if (image.Index == wanted)
                return (disk, source, wanted);
        throw Missing(name);
    }

    static VireoException Missing(string name) => VireoException.InvalidArgument(ErrorDomain.Qemu, $"failed to find disk '{name}'");

    /// <summary>The name of the node that the guest's disk stands on.</summary>
    internal static string NodeOf(uint index) => ImageNames.OfIndex(index).Format;

    /// <summary>The disk and the image that QEMU means by a node; null: none that is shown.</summary>
    internal static (Disk Disk, DiskSource Source, uint Index)? OfNode(DomainDef machine, string node)
    {
        foreach (Disk disk in machine.Devices.Disks)
            for (BackingStore? image = new() { Source = disk.Source, Index = disk.Source.Index, Next = disk.BackingStore }; image is { Source: { } source }; image = image.Next)
                if (image.Index is { } index && (ImageNames.OfIndex(index).Format == node || ImageNames.OfIndex(index).Storage == node))
                    return (disk, source, index);
        return null;
    }
}

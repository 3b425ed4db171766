using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Numbers of the sets of descriptors through which images are opened: in the order of the images' indexes, before all other new sets.</summary>
sealed class DescriptorSets
{
    readonly Dictionary<uint, int> sets = [];

    /// <summary>How many sets images have.</summary>
    public int Count => sets.Count;

    /// <summary>The set of the image with an index.</summary>
    public int? Find(uint? index) => index is { } number && sets.TryGetValue(number, out int set) ? set : null;

    /// <summary>The sets of a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="first">The number of the first.</param>
    public static DescriptorSets Of(DomainDef machine, int first)
    {
        var made = new DescriptorSets();
        void Add(DiskSource source, uint? index)
        {
            if (source is DiskSource.OfFile { FdGroup: not null } && index is { } number)
                made.sets.TryAdd(number, first + made.sets.Count);
        }
        for (int i = machine.Devices.Disks.Count - 1; i >= 0; i--)
        {
            Disk disk = machine.Devices.Disks[i];
            Add(disk.Source, disk.Source.Index);
            for (BackingStore? below = disk.BackingStore; below is { Source: { } source }; below = below.Next)
                Add(source, below.Index ?? source.Index);
        }
        return made;
    }
}

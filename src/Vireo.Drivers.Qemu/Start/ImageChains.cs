using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Host.Files;
using Vireo.Hypervisor.Images;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Finds the images below those of a definition, as the images themselves say, and that all of them are there.</summary>
static class ImageChains
{
    /// <param name="machine">The machine.</param>
    /// <param name="guest">As whom it runs, for messages; null: as the daemon.</param>
    internal static DomainDef Find(DomainDef machine, Ids? guest)
    {
        return machine with { Devices = machine.Devices with { Disks = machine.Devices.Disks.Map(disk => Find(disk, guest)) } };
    }

    static Disk Find(Disk disk, Ids? guest)
    {
        if (BlockGraph.IsEmpty(disk.Source) || PathOf(disk.Source) is not { } path)
            return disk;
        if (!File.Exists(path) && disk.Source.StartupPolicy is StartupPolicy.Optional)
            return disk with { Source = new DiskSource.OfFile() };
        if (!File.Exists(path) && !Directory.Exists(path))
            throw VireoException.System(ErrorDomain.Storage, 2, $"Cannot access storage file '{path}'");
        return disk.BackingStore is null ? disk with { BackingStore = Below(ImageChain.Read(disk.Source, disk.Driver?.Type ?? StorageFormat.Raw, guest: guest)) } : disk;
    }

    static BackingStore Below(ChainImage image) => image.Backing is not { } below ? new BackingStore()
        : new BackingStore { Format = below.Format, Source = below.Source, Next = Below(below) };

    static string? PathOf(DiskSource source) => source switch
    {
        DiskSource.OfFile { Path: { } path, FdGroup: null } => path,
        DiskSource.OfBlock { Path: { } path } => path,
        _ => null,
    };
}

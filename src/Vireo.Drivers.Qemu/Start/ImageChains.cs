using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Status;
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

    /// <summary>Waits until the storage of all images answers, so that looking at them holds nobody up. What is wrong with them is said by whoever needs them.</summary>
    internal static async ValueTask ReachAsync(FileLooks looks, IEnumerable<Device> devices, CancellationToken cancel)
    {
        foreach (Disk disk in devices.OfType<Disk>())
            if (PathOf(disk.Source) is { Length: > 0 } path)
                await looks.ReachAsync(path, "chain", _ => TryRead(disk, path), cancel).ConfigureAwait(false);
    }

    static void TryRead(Disk disk, string path)
    {
        try
        {
            Find(disk, null);
            // Of an image without a head only this asks the storage: what else is known of a file the kernel may answer by itself.
            File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (Exception e) when (e is VireoException or IOException or UnauthorizedAccessException)
        {
            // The storage answers.
        }
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
        : new BackingStore { Format = below.Format, Source = below.RelativePath is null ? below.Source : Named(below), Next = Below(below) };

    // Whoever reads the status keeps names as the images above say them.
    static DiskSource Named(ChainImage below) => below.Source with { PrivateData = new SourcePrivateData { RelativePath = below.RelativePath }.ToFragment() };

    static string? PathOf(DiskSource source) => source switch
    {
        DiskSource.OfFile { Path: { } path, FdGroup: null } => path,
        DiskSource.OfBlock { Path: { } path } => path,
        _ => null,
    };
}

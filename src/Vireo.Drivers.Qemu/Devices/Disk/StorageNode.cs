using System.Collections.Immutable;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>The protocol part of an image's storage node.</summary>
static class StorageNode
{
    public static QemuProperties Of(DiskSource source, Disk disk, PlanContext at, ImmutableArray<HostStep>.Builder host)
    {
        switch (source)
        {
            case DiskSource.OfFile { Path: { } path }:
                host.Add(new HostStep.Allow(path, disk.ReadOnly));
                return new QemuProperties { { "driver", "file" }, { "filename", path }, { "aio", Aio(disk) } };
            case DiskSource.OfBlock { Path: { } path }:
                host.Add(new HostStep.Allow(path, disk.ReadOnly));
                bool cdrom = disk.Kind is DiskKind.CdRom && at.Start.IsHostCdRom(path);
                return new QemuProperties { { "driver", cdrom ? "host_cdrom" : "host_device" }, { "filename", path }, { "aio", Aio(disk) } };
            case DiskSource.OfDirectory { Path: { } path }:
                host.Add(new HostStep.Allow(path, ReadOnly: true));
                return new QemuProperties
                {
                    { "driver", "vvfat" },
                    { "dir", path },
                    { "floppy", disk.Kind is DiskKind.Floppy },
                    { "rw", false },
                };
            default:
                throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu,
                    $"disk '{disk.Target.Device}' has a source of a type that is not supported yet");
        }
    }

    static string? Aio(Disk disk) => disk.Driver?.Io switch
    {
        DiskIo.Native => "native",
        DiskIo.Threads => "threads",
        DiskIo.IoUring => "io_uring",
        _ => null,
    };
}

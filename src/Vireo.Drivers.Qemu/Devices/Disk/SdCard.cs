using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>An SD card, which machines have slots for: QEMU knows such drives by -drive only.</summary>
static class SdCard
{
    public static DevicePlan Plan(Disk disk, PlanContext at)
    {
        if (BlockGraph.IsEmpty(disk.Source))
            return DevicePlan.Nothing;
        BlockImage image = BlockGraph.ImagesOf(disk, at).First().Image;
        var text = new OptionText();
        if (disk.Source is DiskSource.OfFile { Path: { } file })
            text.Add("file", file);
        else if (disk.Source is DiskSource.OfBlock { Path: { } device })
            text.Add("file", device);
        else
            AddAll(text, "file.", StorageNode.Target(disk.Source));
        text.Add("format", FormatNode.DriverOf(image.Format)).Add("if", "sd").Add("index", TargetName.Index(disk.Target.Device).ToString());
        if (disk.ReadOnly)
            text.Add("readonly", "on");
        if (disk.Driver?.CopyOnRead is { } copy)
            text.Switch("copy-on-read", copy);
        if (BlockGraph.CacheOf(disk) is { } cache and not DiskCache.Default)
            text.Add("cache", cache.ToXml());
        text.AddIf("discard", image.Discard switch { DiskDiscard.Unmap => "unmap", DiskDiscard.Ignore => "ignore", _ => null })
            .AddIf("detect-zeroes", image.DetectZeroes)
            .AddIf("aio", image.Io switch { DiskIo.Native => "native", DiskIo.Threads => "threads", DiskIo.IoUring => "io_uring", _ => null });
        return new DevicePlan { Backends = [new QemuOption("drive", text.ToString())] };
    }

    static void AddAll(OptionText text, string prefix, QemuProperties properties) => properties.WriteTo(text, prefix, "on", "off");
}

using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Graphics cards; the primary one is compatible with VGA where there is such a thing.</summary>
sealed class VideoPlanner : IDevicePlanner<Video>
{
    public DevicePlan Plan(Video video, PlanContext at)
    {
        if (video.Model is not { } model || model.Type is VideoType.None || Driver(video, model, at) is not { } driver)
            return DevicePlan.Nothing;
        if (video.Driver?.Name is VideoBackend.VhostUser && model.Type is VideoType.Virtio)
            return VhostUser(video, model, at);
        bool qxl = model.Type is VideoType.Qxl;
        bool vga = model.Type is VideoType.Vga or VideoType.VmVga or VideoType.Bochs;
        return new DevicePlan
        {
            Frontends =
            [
                new QemuDevice(driver)
                {
                    at.VirtioOptions(model.Type is VideoType.Virtio ? video.Driver : null),
                    { "id", video.Alias },
                    { "virgl", UsesVirgl(model, at) ? model.Acceleration?.Accel3d : null },
                    { "max_outputs", qxl || model.Type is VideoType.Virtio ? model.Heads : null },
                    { "ram_size", qxl ? Bytes(model.Ram) : null },
                    { "vram_size", qxl ? Bytes(model.Vram) : null },
                    { "vram64_size_mb", qxl ? (model.Vram64 ?? 0) / 1024 : null },
                    { "vgamem_mb", qxl ? model.VgaMem / 1024 : vga && model.Type is not VideoType.Bochs ? model.Vram / 1024 : null },
                    { "vgamem", model.Type is VideoType.Bochs ? Bytes(model.Vram) : null },
                    { "blob", model.Blob },
                    { "xres", model.Resolution?.X },
                    { "yres", model.Resolution?.Y },
                    at.Address(video),
                },
            ],
        };
    }

    // Drawn by a program of its own.
    static DevicePlan VhostUser(Video video, VideoModel model, PlanContext at)
    {
        bool vga = IsPrimary(video, model, at) && at.MachineType.IsX86;
        string id = $"chr-vu-{video.Alias}";
        return new DevicePlan
        {
            Host = [new HostStep.StartVhostUserGpu(video)],
            Backends = [new QemuChardev("socket", id) { { "fd", at.Pass(new DescriptorStep.ConnectGpu(video.Alias ?? "")) } }],
            Frontends =
            [
                new QemuDevice(vga ? "vhost-user-vga" : at.Virtio("vhost-user-gpu", video))
                {
                    at.VirtioOptions(vga ? null : video.Driver),
                    { "id", video.Alias },
                    { "max_outputs", model.Heads },
                    { "chardev", id },
                    { "blob", model.Blob },
                    { "xres", model.Resolution?.X },
                    { "yres", model.Resolution?.Y },
                    at.Address(video),
                },
            ],
        };
    }

    static bool IsPrimary(Video video, VideoModel model, PlanContext at) => model.Primary ?? ReferenceEquals(at.Machine.Devices.Videos[0], video);

    static ulong? Bytes(uint? kib) => kib is { } size ? size * 1024ul : null;

    static bool UsesVirgl(VideoModel model, PlanContext at) =>
        model.Type is VideoType.Virtio && !at.Facts.Has(QemuFlag.VirtioGpuGlPci);

    static string? Driver(Video video, VideoModel model, PlanContext at)
    {
        bool primary = IsPrimary(video, model, at);
        bool accelerated = model.Acceleration?.Accel3d is true && at.Facts.Has(QemuFlag.VirtioGpuGlPci);
        return model.Type switch
        {
            VideoType.Vga => "VGA",
            VideoType.Cirrus => "cirrus-vga",
            VideoType.VmVga => "vmware-svga",
            VideoType.Bochs => "bochs-display",
            VideoType.RamFb => "ramfb",
            VideoType.Qxl => primary ? "qxl-vga" : "qxl",
            VideoType.Virtio when primary && at.MachineType.IsX86 => accelerated ? "virtio-vga-gl" : "virtio-vga",
            VideoType.Virtio => accelerated ? "virtio-gpu-gl-pci" : at.Virtio("virtio-gpu", video),
            _ => null,
        };
    }
}

using Vireo.Core;
using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>A graphics card for who has a screen; memory and heads of each.</summary>
static class VideoDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        DeviceSet set = machine.Devices;
        ValueList<Video> videos = set.Videos;
        if (videos.IsEmpty && !set.Graphics.IsEmpty)
            videos = [new Video()];
        if (videos.IsEmpty)
            return machine;
        bool anyPrimary = videos.Any(static v => v.Model?.Primary is true);
        VideoType standard = Default(Platform.Of(machine, context.Facts), context);
        int at = 0;
        videos = videos.Map(v => Complete(v, standard, first: at++ == 0 && !anyPrimary));
        return machine with { Devices = set with { Videos = videos } };
    }

    static VideoType Default(Platform platform, DefinitionContext context)
    {
        if (platform.VideoModel is { } usual)
            return usual;
        return context.Facts.Has("cirrus-vga") ? VideoType.Cirrus : context.Facts.Has("VGA") ? VideoType.Vga : VideoType.Cirrus;
    }

    static Video Complete(Video video, VideoType standard, bool first)
    {
        VideoModel model = video.Model ?? new VideoModel { Type = standard };
        if (model.Type is VideoType.Default)
            model = model with { Type = standard };
        model = model with { Primary = first ? true : model.Primary };
        return video with
        {
            Model = model.Type switch
            {
                VideoType.None => model,
                VideoType.Qxl => model with
                {
                    Ram = PowerOfTwo(model.Ram ?? 65536),
                    Vram = PowerOfTwo(model.Vram ?? 65536),
                    VgaMem = model.VgaMem ?? 16384,
                    Heads = model.Heads ?? 1,
                },
                VideoType.Virtio or VideoType.RamFb => model with { Heads = model.Heads ?? 1 },
                _ => model with { Vram = model.Vram is { } size ? PowerOfTwo(size) : 16384, Heads = model.Heads ?? 1 },
            },
        };
    }

    static uint PowerOfTwo(uint kib) => System.Numerics.BitOperations.RoundUpToPowerOf2(kib);
}

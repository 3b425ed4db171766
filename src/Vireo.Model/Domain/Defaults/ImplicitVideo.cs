using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>A graphics card for who has a screen; memory and heads of each. For drivers whose guests have a usual card.</summary>
public static class ImplicitVideo
{
    /// <summary>The machine with a card if it has a screen, and with all that its cards left out.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="usual">The card where none is named.</param>
    public static DomainDef Apply(DomainDef machine, VideoType usual)
    {
        DeviceSet set = machine.Devices;
        ValueList<Video> videos = set.Videos;
        if (videos.IsEmpty && !set.Graphics.IsEmpty)
            videos = [new Video()];
        if (videos.IsEmpty)
            return machine;
        bool anyPrimary = videos.Any(static v => v.Model?.Primary is true);
        int at = 0;
        videos = videos.Map(v => Complete(v, usual, first: at++ == 0 && !anyPrimary));
        return machine with { Devices = set with { Videos = videos } };
    }

    static Video Complete(Video video, VideoType usual, bool first)
    {
        VideoModel model = video.Model ?? new VideoModel { Type = usual };
        if (model.Type is VideoType.Default)
            model = model with { Type = usual };
        model = model with { Primary = first ? true : model.Primary };
        return video with
        {
            Model = model.Type switch
            {
                VideoType.None => model with { Primary = null },     // no card is not the primary one
                VideoType.Qxl => model with
                {
                    Ram = PowerOfTwo(model.Ram ?? 65536),
                    Vram = PowerOfTwo(model.Vram ?? 65536),
                    Heads = model.Heads ?? 1,
                },
                VideoType.Virtio or VideoType.RamFb => model with { Heads = model.Heads ?? 1 },
                _ => model with { Vram = model.Vram is { } size ? PowerOfTwo(size) : 16384, Heads = model.Heads ?? 1 },
            },
        };
    }

    static uint PowerOfTwo(uint kib) => System.Numerics.BitOperations.RoundUpToPowerOf2(kib);
}

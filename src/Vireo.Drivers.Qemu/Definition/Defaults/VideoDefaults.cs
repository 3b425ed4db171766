using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>The graphics card that a machine has by itself.</summary>
static class VideoDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        return machine.Devices.Videos.IsEmpty && machine.Devices.Graphics.IsEmpty ? machine
            : WithVgaMemory(ImplicitVideo.Apply(machine, Default(Platform.Of(machine, context.Facts), context)));
    }

    static DomainDef WithVgaMemory(DomainDef machine) => machine with
    {
        Devices = machine.Devices with
        {
            Videos = machine.Devices.Videos.Map(static video => video.Model is { Type: VideoType.Qxl, VgaMem: null } qxl
                ? video with { Model = qxl with { VgaMem = 16384 } }
                : video),
        },
    };

    static VideoType Default(Platform platform, DefinitionContext context)
    {
        if (platform.VideoModel is { } usual)
            return usual;
        return context.Facts.Has("cirrus-vga") ? VideoType.Cirrus : context.Facts.Has("VGA") ? VideoType.Vga : VideoType.Cirrus;
    }
}

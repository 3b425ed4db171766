using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Where sound goes if nobody said: to the screen's viewer, to the host as QEMU's own environment variables say, or nowhere.</summary>
static class AudioDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        DeviceSet set = machine.Devices;
        return set.Audios.IsEmpty && Default(set, context) is { } audio ? machine with { Devices = set with { Audios = [audio] } } : machine;
    }

    static Audio? Default(DeviceSet set, DefinitionContext context)
    {
        if (set.Graphics.IsEmpty)
            return context.NographicsAllowsHostAudio ? Host(context) : new Audio { Id = 1, Type = AudioType.None };
        Audio? silent = null;                            // a screen with sound of its own goes before
        foreach (Graphics graphics in set.Graphics)
            switch (graphics)
            {
                case Graphics.Spice:
                    return new Audio { Id = 1, Type = AudioType.Spice };
                case Graphics.Sdl:
                    return Host(context);
                case Graphics.Vnc:
                    if (context.VncAllowsHostAudio)
                        return Host(context);
                    silent = new Audio { Id = 1, Type = AudioType.None };
                    break;
                case Graphics.EglHeadless or Graphics.Desktop or Graphics.Rdp:
                    break;
                default:
                    return null;
            }
        return silent;
    }

    static Audio? Host(DefinitionContext context) => context.HostAudio switch
    {
        null => null,
        "pa" => new Audio { Id = 1, Type = AudioType.PulseAudio },
        "wav" => new Audio { Id = 1, Type = AudioType.File },
        "sdl" => new Audio
        {
            Id = 1,
            Type = AudioType.Sdl,
            Driver = context.SdlAudio is { } word && SdlAudioDriverNames.TryParse(word, out SdlAudioDriver driver) ? driver : null,
        },
        { } word => AudioTypeNames.TryParse(word, out AudioType type) ? new Audio { Id = 1, Type = type } : null,
    };
}

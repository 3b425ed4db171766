using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Where sound goes if nobody said: to the screen's viewer, or nowhere.</summary>
static class AudioDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        DeviceSet set = machine.Devices;
        if (!set.Audios.IsEmpty)
            return machine;
        return machine with { Devices = set with { Audios = [new Audio { Id = 1, Type = Type(set, context) }] } };
    }

    static AudioType Type(DeviceSet set, DefinitionContext context)
    {
        foreach (Graphics graphics in set.Graphics)
            switch (graphics)
            {
                case Graphics.Spice:
                    return AudioType.Spice;
                case Graphics.Sdl:
                    return AudioType.Sdl;
                case Graphics.DBus:
                    return AudioType.DBus;
                case Graphics.Vnc when !context.VncAllowsHostAudio:
                    return AudioType.None;
            }
        return AudioType.None;
    }
}

using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Screens: QEMU has one context for OpenGL, and one server of each kind.</summary>
sealed class ScreenRules : IRules<DeviceSet, RuledMachine>
{
    public static void Check(DeviceSet element, RuledMachine document, Findings found)
    {
        int accelerated = 0;
        var kinds = new HashSet<Type>();
        foreach (Graphics screen in element.Graphics)
        {
            bool gl = screen switch
            {
                Graphics.EglHeadless => true,
                Graphics.Spice { Gl.Enable: true } or Graphics.Sdl { Gl.Enable: true } or Graphics.DBus { Gl.Enable: true } => true,
                _ => false,
            };
            if (gl && ++accelerated == 2)
                found.Unsupported(screen, "multiple OpenGL displays are not supported by QEMU");
            if (screen is Graphics.Rdp or Graphics.Desktop)
                found.Unsupported(screen, $"unsupported graphics type '{(screen is Graphics.Rdp ? "rdp" : "desktop")}'");
            else if (!kinds.Add(screen.GetType()))
                found.Unsupported(screen, "only 1 graphics device of each type (sdl, vnc, spice, headless, dbus) is supported");
        }
    }
}

/// <summary>Graphics cards.</summary>
sealed class VideoRules : IRules<Video, RuledMachine>
{
    public static void Check(Video element, RuledMachine document, Findings found)
    {
        if (element.Model is { Type: VideoType.RamFb } && element.Address is not null)
            found.Unsupported(element, "address not supported for video type ramfb");
        if (element.Model is { Type: VideoType.None } none && document.Def.Devices.Videos.Count > 1)
            found.Unsupported(none, "a 'none' video type must be the only video device defined for the domain");
        if (element.Model is { Acceleration.Accel2d: true } model)
            found.Unsupported(model, $"qemu does not support the accel2d setting");
    }
}

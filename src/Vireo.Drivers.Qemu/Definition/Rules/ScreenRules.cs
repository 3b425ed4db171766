using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Screens: QEMU has one context for OpenGL.</summary>
sealed class ScreenRules : IRules<DeviceSet, RuledMachine>
{
    public static void Check(DeviceSet element, RuledMachine document, Findings found)
    {
        int accelerated = 0;
        if (element.Graphics.GroupBy(static g => g.GetType()).Any(static kind => kind.Count() > 1))
            found.Unsupported(element.Graphics[1], "only 1 graphics device of each type (sdl, vnc, spice, headless, dbus) is supported");
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
                found.Unsupported(screen, $"{(screen is Graphics.Rdp ? "rdp" : "desktop")} graphics are not supported with this QEMU");
        }
        CheckSpice(element, found);
        foreach (Sound card in element.Sounds)
            if (card.AudioId is { } id && !element.Audios.Any(a => a.Id == id))
                found.Wrong(card, $"no audio device with ID {id}");
        if (element.Smartcards.Count > 1)
            found.Unsupported(element.Smartcards[1], "this QEMU binary lacks multiple smartcard support");
    }

    static void CheckSpice(DeviceSet set, Findings found)
    {
        foreach (Graphics screen in set.Graphics)
            if (screen is Graphics.Spice)
                return;
        foreach (Audio audio in set.Audios)
            if (audio.Type is AudioType.Spice)
                found.Unsupported(audio, "Spice audio is not supported without spice graphics");
        foreach (Device device in set)
            if (device is CharDevice { Source: ChardevSource.OfSpiceVmc })
                found.Unsupported(device, "chardev 'spicevmc' not supported without spice graphics");
    }
}

/// <summary>Graphics cards.</summary>
sealed class VideoRules : IRules<Video, RuledMachine>
{
    public static void Check(Video element, RuledMachine document, Findings found)
    {
        if (element.Model is not { } model)
            return;
        if (model.Type is VideoType.RamFb && element.Address is not null)
            found.Unsupported(element, "address not supported for video type ramfb");
        if (model.Type is VideoType.None && document.Def.Devices.Videos.Count > 1)
            found.Unsupported(model, "a 'none' video type must be the only video device defined for the domain");
        if (model.Type is VideoType.Xen or VideoType.Vbox or VideoType.Parallels or VideoType.Gop)
            found.Unsupported(model, $"domain configuration does not support video model '{model.Type.ToXml()}'");
        if (model.Primary is not true && model.Type is VideoType.Vga or VideoType.Cirrus or VideoType.VmVga)
            found.Unsupported(model, $"video type '{model.Type.ToXml()}' is only valid as primary video device");
        if (model.Resolution is not null && model.Type is not (VideoType.Vga or VideoType.Qxl or VideoType.Virtio or VideoType.Bochs))
            found.Wrong(model, "model resolution is not supported");
        if (model.Type is VideoType.Vga or VideoType.VmVga && model.Vram is < 1024)
            found.Unsupported(model, "value for 'vram' must be at least 1 MiB (1024 KiB)");
        if (model is { Type: VideoType.Qxl, VgaMem: { } seen })
        {
            if (seen < 1024)
                found.Unsupported(model, "value for 'vgamem' must be at least 1 MiB (1024 KiB)");
            else if (!System.Numerics.BitOperations.IsPow2(seen))
                found.Unsupported(model, "value for 'vgamem' must be power of two");
        }
        if (model.Acceleration?.Accel2d is true)
            found.Unsupported(model, "qemu does not support the accel2d setting");
        if (model.Acceleration?.Accel3d is true && model.Type is not VideoType.Virtio)
            found.Unsupported(model, "3d acceleration is supported only with 'virtio' video device");
    }
}

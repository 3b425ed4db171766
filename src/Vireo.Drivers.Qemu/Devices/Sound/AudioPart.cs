using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>-audiodev: where sound goes on the host.</summary>
static class AudioPart
{
    public static QemuAudiodev Make(Audio audio)
    {
        AudioType type = audio.Type;
        return new QemuAudiodev
        {
            { "id", $"audio{audio.Id}" },
            { "driver", Driver(type) },
            { "timer-period", audio.TimerPeriod },
            { "server", type is AudioType.PulseAudio ? audio.ServerName : null },
            { "path", type is AudioType.File ? audio.Path : null },
            { "try-mmap", type is AudioType.Oss ? audio.TryMMap : null },
            { "exclusive", type is AudioType.Oss ? audio.Exclusive : null },
            { "dsp-policy", type is AudioType.Oss ? audio.DspPolicy : null },
            { "in", Direction(audio.Input) },
            { "out", Direction(audio.Output) },
        };
    }

    static string Driver(AudioType type) => type switch
    {
        AudioType.Alsa => "alsa",
        AudioType.CoreAudio => "coreaudio",
        AudioType.Jack => "jack",
        AudioType.Oss => "oss",
        AudioType.PulseAudio => "pa",
        AudioType.Sdl => "sdl",
        AudioType.Spice => "spice",
        AudioType.File => "wav",
        AudioType.DBus => "dbus",
        _ => "none",
    };

    static QemuProperties? Direction(AudioDirection? way)
    {
        if (way is null)
            return null;
        var properties = new QemuProperties
        {
            { "mixing-engine", way.MixingEngine },
            { "fixed-settings", way.FixedSettings },
            { "voices", way.Voices },
            { "buffer-length", way.BufferLength },
            { "frequency", way.Settings?.Frequency },
            { "channels", way.Settings?.Channels },
            { "format", Format(way.Settings?.Format) },
            { "dev", way.Device },
            { "name", way.Name },
            { "stream-name", way.StreamName },
            { "latency", way.Latency },
            { "server-name", way.ServerName },
            { "client-name", way.ClientName },
            { "connect-ports", way.ConnectPorts },
            { "exact-name", way.ExactName },
            { "buffer-count", way.BufferCount },
            { "try-poll", way.TryPoll },
        };
        return properties.IsEmpty ? null : properties;
    }

    static string? Format(AudioFormat? format) => format switch
    {
        AudioFormat.S8 => "s8",
        AudioFormat.U8 => "u8",
        AudioFormat.S16 => "s16",
        AudioFormat.U16 => "u16",
        AudioFormat.S32 => "s32",
        AudioFormat.U32 => "u32",
        AudioFormat.F32 => "f32",
        _ => null,
    };
}

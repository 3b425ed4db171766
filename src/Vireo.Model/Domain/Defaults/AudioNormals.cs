using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Of what is said of sound, each way to play has its own; the rest is dropped. Settings that are fixed are there, even if empty.</summary>
static class AudioNormals
{
    public static Audio Complete(Audio audio)
    {
        bool oss = audio.Type is AudioType.Oss;
        return audio with
        {
            TryMMap = oss ? audio.TryMMap : null,
            Exclusive = oss ? audio.Exclusive : null,
            DspPolicy = oss ? audio.DspPolicy : null,
            ServerName = audio.Type is AudioType.PulseAudio ? audio.ServerName : null,
            Driver = audio.Type is AudioType.Sdl ? audio.Driver : null,
            Path = audio.Type is AudioType.File ? audio.Path : null,
            Input = audio.Input is { } input ? Complete(input, audio.Type) : null,
            Output = audio.Output is { } output ? Complete(output, audio.Type) : null,
        };
    }

    static AudioDirection? Complete(AudioDirection written, AudioType type)
    {
        var common = new AudioDirection
        {
            MixingEngine = written.MixingEngine,
            FixedSettings = written.FixedSettings,
            Voices = written.Voices,
            BufferLength = written.BufferLength,
            Settings = written.Settings ?? (written.FixedSettings is true ? new AudioSettings() : null),
        };
        return type switch
        {
            AudioType.Alsa => common with { Device = written.Device },
            AudioType.CoreAudio or AudioType.Sdl => common with { BufferCount = written.BufferCount },
            AudioType.Oss => common with { Device = written.Device, BufferCount = written.BufferCount, TryPoll = written.TryPoll },
            AudioType.PulseAudio => common with { Name = written.Name, StreamName = written.StreamName, Latency = written.Latency },
            AudioType.Jack => common with
            {
                ServerName = written.ServerName, ClientName = written.ClientName, ConnectPorts = written.ConnectPorts, ExactName = written.ExactName,
            },
            _ => common,
        };
    }
}

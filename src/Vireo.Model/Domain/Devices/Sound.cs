using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A sound card.</summary>
[Element("sound")]
public sealed partial record Sound : Device
{
    [Attr("model")] [Abi("sound card model")] public required SoundModel Model { get; init; }
    [Child("codec", Since = "0.9.13")] public ValueList<SoundCodec> Codecs { get; init; }
    [Attr("id", In = "audio", Since = "6.7.0")] public uint? AudioId { get; init; }
}

[WireNames] public enum SoundModel { Sb16, Es1370, PcSpk, Ac97, Ich6, Ich9, Usb, Ich7 }

/// <summary>What is on an HDA bus.</summary>
[Element("codec")]
public sealed partial record SoundCodec
{
    [Attr("type")] public required SoundCodecType Type { get; init; }
}

[WireNames] public enum SoundCodecType { Duplex, Micro, Output }

/// <summary>Where sound goes on the host.</summary>
[Element("audio")]
public sealed partial record Audio
{
    [Attr("id")] public required uint Id { get; init; }
    [Attr("type")] public required AudioType Type { get; init; }
    [Attr("timerPeriod", Since = "7.2.0")] public uint? TimerPeriod { get; init; }
    [Attr("tryMMap", Since = "7.2.0")] public bool? TryMMap { get; init; }
    [Attr("exclusive", Since = "7.2.0")] public bool? Exclusive { get; init; }
    [Attr("dspPolicy", Since = "7.2.0")] public int? DspPolicy { get; init; }
    [Attr("serverName", Since = "7.2.0")] public string? ServerName { get; init; }
    [Attr("driver")] public SdlAudioDriver? Driver { get; init; }
    [Attr("path", Since = "7.2.0")] public string? Path { get; init; }
    [Child("input", Since = "6.7.0")] public AudioDirection? Input { get; init; }
    [Child("output", Since = "6.7.0")] public AudioDirection? Output { get; init; }
}

[WireNames] public enum AudioType { None, Alsa, CoreAudio, Jack, Oss, PulseAudio, Sdl, Spice, File, DBus }
[WireNames] public enum SdlAudioDriver { EsD, Alsa, Arts, PulseAudio }

/// <summary>Recording or playing.</summary>
[Element("input")]
public sealed partial record AudioDirection
{
    [Attr("mixingEngine", Since = "7.2.0")] public bool? MixingEngine { get; init; }
    [Attr("fixedSettings", Since = "7.2.0")] public bool? FixedSettings { get; init; }
    [Attr("voices", Since = "7.2.0")] public uint? Voices { get; init; }
    [Attr("bufferLength", Since = "7.2.0")] public uint? BufferLength { get; init; }
    [Attr("dev")] public string? Device { get; init; }
    [Attr("bufferCount", Since = "7.2.0")] public uint? BufferCount { get; init; }
    [Attr("tryPoll", Since = "7.2.0")] public bool? TryPoll { get; init; }
    [Attr("name", Since = "7.2.0")] public string? Name { get; init; }
    [Attr("streamName", Since = "7.2.0")] public string? StreamName { get; init; }
    [Attr("latency", Since = "7.2.0")] public uint? Latency { get; init; }
    [Attr("serverName", Since = "7.2.0")] public string? ServerName { get; init; }
    [Attr("clientName", Since = "7.2.0")] public string? ClientName { get; init; }
    [Attr("connectPorts", Since = "7.2.0")] public string? ConnectPorts { get; init; }
    [Attr("exactName", Since = "7.2.0")] public bool? ExactName { get; init; }
    [Child("settings", Since = "7.2.0")] public AudioSettings? Settings { get; init; }
}

/// <summary>Rate, channels and format.</summary>
[Element("settings")]
public sealed partial record AudioSettings
{
    [Attr("frequency")] public uint? Frequency { get; init; }
    [Attr("channels")] public uint? Channels { get; init; }
    [Attr("format")] public AudioFormat? Format { get; init; }
}

[WireNames] public enum AudioFormat { S8, U8, S16, U16, S32, U32, F32 }

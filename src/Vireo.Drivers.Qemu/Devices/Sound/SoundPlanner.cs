using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Sound cards; an HDA card has codecs on a bus of its own.</summary>
sealed class SoundPlanner : IDevicePlanner<Sound>
{
    public DevicePlan Plan(Sound sound, PlanContext at)
    {
        string? driver = sound.Model switch
        {
            SoundModel.Es1370 => "ES1370",
            SoundModel.Ac97 => "AC97",
            SoundModel.Ich6 => "intel-hda",
            SoundModel.Ich9 => "ich9-intel-hda",
            SoundModel.Usb => "usb-audio",
            SoundModel.Sb16 => "sb16",
            _ => null,
        };
        if (driver is null)
            return DevicePlan.Nothing;
        string audio = at.AudioOf(sound.AudioId);
        bool hda = sound.Model is SoundModel.Ich6 or SoundModel.Ich9;
        var card = new QemuDevice(driver)
        {
            { "id", sound.Alias },
            { "audiodev", hda ? null : audio },
            at.Address(sound),
        };
        if (!hda)
            return new DevicePlan { Frontends = [card] };
        IEnumerable<SoundCodecType> codecs = sound.Codecs.Count == 0 ? [SoundCodecType.Duplex] : sound.Codecs.Select(c => c.Type);
        return new DevicePlan
        {
            Frontends = [card, .. codecs.Select((type, at) => Codec(type, at, sound, audio))],
        };
    }

    static QemuDevice Codec(SoundCodecType type, int address, Sound sound, string audio) =>
        new(type switch { SoundCodecType.Micro => "hda-micro", SoundCodecType.Output => "hda-output", _ => "hda-duplex" })
        {
            { "id", $"{sound.Alias}-codec{address}" },
            { "bus", $"{sound.Alias}.0" },
            { "cad", address },
            { "audiodev", audio },
        };
}

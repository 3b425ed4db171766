using System.Collections.Immutable;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Definition.Firmware;

/// <summary>What the host's firmwares offer to a kind of machine, as domain capabilities tell it.</summary>
/// <param name="Images">The images, with the template of their variables, in the order in which they are tried; no pair twice.</param>
/// <param name="Kinds">The kinds that can be asked for.</param>
/// <param name="SecureBoot">One of them boots signed code only.</param>
public sealed record FirmwareSupport(
    ImmutableArray<(string Image, string? Variables)> Images, ImmutableArray<FirmwareKind> Kinds, bool SecureBoot)
{
    /// <summary>Looks through the host's firmwares.</summary>
    public static FirmwareSupport Of(IReadOnlyList<FirmwareDescriptor> installed, string arch, string machine)
    {
        var images = ImmutableArray.CreateBuilder<(string, string?)>();
        var kinds = new SortedSet<FirmwareKind>();
        bool secure = false;
        foreach (FirmwareDescriptor firmware in installed)
        {
            if (!FirmwareChoice.Fits(firmware, arch, machine))
                continue;
            foreach (string word in firmware.Interfaces)
                if (Kind(word) is { } kind)
                    kinds.Add(kind);
            secure |= firmware.Has("requires-smm");
            var image = (firmware.Mapping.Image, firmware.Mapping.NvramTemplate?.FileName);
            if (firmware.Mapping.Device is "flash" or "memory" && !images.Contains(image))
                images.Add(image);
        }
        return new FirmwareSupport(images.ToImmutable(), [.. kinds], secure);
    }

    static FirmwareKind? Kind(string word) => word switch { "bios" => FirmwareKind.Bios, "uefi" => FirmwareKind.Efi, _ => null };
}

using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>Graphics and network cards: what only some models have.</summary>
public static class CardRules
{
    /// <summary>Graphics cards.</summary>
    public static void Check(Video video, Findings found)
    {
        if (video.Model is not { } model)
            return;
        if (model.Heads > 1 && model.Type is VideoType.Vga or VideoType.Cirrus or VideoType.VmVga or VideoType.Bochs or VideoType.RamFb)
            found.Unsupported(video, $"video type '{model.Type.ToXml()}' doesn't support multiple 'heads'");
        if (video.Driver?.Name is VideoBackend.VhostUser && model.Type is not VideoType.Virtio)
            found.Unsupported(video, "'vhostuser' driver is only supported with 'virtio' device");
    }

    /// <summary>Network cards.</summary>
    public static void Check(Interface card, Findings found)
    {
        bool virtio = card.Model is null or "virtio" or "virtio-transitional" or "virtio-non-transitional";
        if (card.Teaming is { Type: TeamingKind.Persistent } teaming && !virtio)
            found.Unsupported(teaming, $"virtio-net teaming persistent interface must be <model type='virtio'/>, not '{card.Model}'");
        if (card.Driver is not { } driver || virtio && card.Model is not null)
            return;
        foreach (var (written, name) in ((bool, string)[])
            [(driver.Iommu is not null, "iommu"), (driver.Ats is not null, "ats"), (driver.Packed is not null, "packed"), (driver.PagePerVq is not null, "page_per_vq")])
            if (written)
                found.Unsupported(driver, $"{name} driver option is only supported for virtio devices");
    }
}

using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Host devices, filters of redirected ones, cards for the first screen.</summary>
static class DeviceNormals
{
    public static DomainDef Apply(DomainDef machine, GeneralContext context)
    {
        DeviceSet set = machine.Devices;
        return machine with
        {
            Devices = set with
            {
                Filesystems = set.Filesystems.Map(Complete),
                Hostdevs = set.Hostdevs.Map(Complete),
                RedirectFilter = set.RedirectFilter is { } filter ? filter with { Rules = filter.Rules.Map(Complete) } : null,
                Videos = Primary(set.Videos).Map(Complete),
                Inputs = set.Inputs.Map(static i => i is { Source: not null, Type: not (InputType.Passthrough or InputType.Evdev) } ? i with { Source = null } : i),
                MemoryBalloon = set.MemoryBalloon is { Model: BalloonModel.None, Address: not null } none ? none with { Address = null } : set.MemoryBalloon,
                Audios = set.Audios.Map(AudioNormals.Complete),
            },
        };
    }

    static Filesystem Complete(Filesystem folder)
    {
        FilesystemType type = folder.Type ?? FilesystemType.Mount;
        return folder with { Type = type, Source = folder.Source is { } source ? InKiB(source) : null, AccessMode = folder.AccessMode ?? (folder.Source?.Socket is null ? FilesystemAccess.Passthrough : null) };
    }

    /// <summary>The size of a file system in memory is told in KiB, rounded up.</summary>
    static FilesystemSource InKiB(FilesystemSource source)
    {
        if (source.Usage is not { } usage)
            return source;
        ulong unit = MemorySize.UnitBytes(source.Units, 1024) ?? throw new VireoException(ErrorCode.InvalidArg, ErrorDomain.None, $"unknown suffix '{source.Units}'");
        UInt128 bytes = (UInt128)usage * unit;
        if (bytes > ulong.MaxValue)
            throw new VireoException(ErrorCode.Overflow, ErrorDomain.None, $"value too large: {usage}{source.Units}");
        return source with { Usage = (ulong)((bytes + 1023) / 1024), Units = "KiB" };
    }

    /// <summary>A VGA that bhyve configures by its ports is the usual one; that a card is not the primary one is not said.</summary>
    static Video Complete(Video video)
    {
        if (video.Model is { Primary: false } model)
            video = video with { Model = model with { Primary = null } };
        return video.Driver is not { VgaConf: VgaConf.Io } driver ? video
            : video with { Driver = driver with { VgaConf = null } is var rest && rest == new VideoDriver() ? null : rest };
    }

    static Hostdev Complete(Hostdev device) => device with
    {
        Mode = device.Mode ?? HostdevMode.Subsystem,
        Display = device.Source is HostdevSource.OfMdev ? device.Display : null,
        RamFb = device.Source is HostdevSource.OfMdev ? device.RamFb : null,
        Managed = device.Mode is HostdevMode.Capabilities ? null : device.Managed ?? false,
        Source = device.Source switch
        {
            HostdevSource.OfScsi { Protocol: NetworkDiskProtocol.Iscsi } scsi => scsi with
            {
                Name = scsi.Name is { } name ? DiskNormals.IscsiName(name) : null,
                Hosts = DiskNormals.Hosts(scsi.Hosts, NetworkDiskProtocol.Iscsi),
            },
            _ => device.Source,
        },
    };

    /// <summary>The first card is the primary one unless another says so; the primary one is written first.</summary>
    static ValueList<Video> Primary(ValueList<Video> videos)
    {
        if (videos.IsEmpty)
            return videos;
        int primary = 0;
        for (int i = videos.Count - 1; i >= 0; i--)
            if (videos[i].Model?.Primary is true)
                primary = i;
        Video first = videos[primary];
        return [first.Model is { Type: not VideoType.None } model ? first with { Model = model with { Primary = true } } : first, .. videos.RemoveAt(primary)];
    }

    /// <summary>Numbers in capital hexadecimal, versions with two digits behind the point; -1 stands for any.</summary>
    static RedirectRule Complete(RedirectRule rule) => rule with
    {
        Class = Hex(rule.Class, "X2"),
        Vendor = Hex(rule.Vendor, "X4"),
        Product = Hex(rule.Product, "X4"),
        Version = Version(rule.Version),
    };

    static string? Hex(string? text, string digits)
    {
        if (text is null or "-1")
            return null;
        bool hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(hex ? text[2..] : text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? "0x" + number.ToString(digits, CultureInfo.InvariantCulture)
            : text;
    }

    static string? Version(string? text)
    {
        if (text is null or "-1")
            return null;
        string[] parts = text.Split('.');
        if (parts.Length > 2 || !uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out uint major))
            return text;
        string minor = parts.Length == 2 ? parts[1] : "0";
        return $"{major}.{(minor.Length == 1 ? minor + "0" : minor)}";
    }
}

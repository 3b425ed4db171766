using System.Buffers.Binary;
using System.Text.RegularExpressions;

namespace Vireo.Drivers.Qemu.Start.HostDevices;

/// <summary>
/// Whether a switch above a PCI function lets it speak to its neighbours past the IOMMU. One that does not do PCIe's access control on its way down may, and a guest
/// could reach the neighbours' memory by it (qemu.conf's relaxed_acs_check allows that).
/// </summary>
static partial class PciIsolation
{
    const int StatusAt = 0x06, HasCapabilities = 0x10, FirstAt = 0x34, Express = 0x10, FlagsAt = 2, DownstreamPort = 6;
    const int ExtendedFrom = 0x100, AccessControl = 0x0d, ControlAt = 6, Needed = 0x1d, MostSteps = 48;

    /// <summary>No bridge above it lets that happen.</summary>
    /// <param name="folder">The function's folder in sysfs; where it leads tells the bridges above.</param>
    internal static bool IsKept(string folder)
    {
        string real = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder;
        for (string? above = Path.GetDirectoryName(real); above is not null && Function().IsMatch(Path.GetFileName(above)); above = Path.GetDirectoryName(above))
            if (File.Exists(Path.Join(above, "config")) && LetsPast(File.ReadAllBytes(Path.Join(above, "config"))))
                return false;
        return true;
    }

    /// <summary>A port on a switch's way down without access control.</summary>
    /// <param name="config">Its configuration space, as much as there is.</param>
    internal static bool LetsPast(ReadOnlySpan<byte> config)
    {
        int express = Find(config);
        if (express == 0 || (Word(config, express + FlagsAt) >> 4 & 0xf) != DownstreamPort)
            return false;
        int at = ExtendedFrom;
        for (int step = 0; step < MostSteps && at >= ExtendedFrom && at + 8 <= config.Length; step++)
        {
            uint header = BinaryPrimitives.ReadUInt32LittleEndian(config[at..]);
            if ((header & 0xffff) == AccessControl)
                return (Word(config, at + ControlAt) & Needed) != Needed;
            at = (int)(header >> 20);
        }
        return true;
    }

    static int Find(ReadOnlySpan<byte> config)
    {
        if ((Word(config, StatusAt) & HasCapabilities) == 0)
            return 0;
        int at = Word(config, FirstAt) & 0xfc;
        for (int step = 0; step < MostSteps && at != 0 && at + 4 <= config.Length; step++)
        {
            if (config[at] == Express)
                return at;
            at = config[at + 1] & 0xfc;
        }
        return 0;
    }

    static int Word(ReadOnlySpan<byte> config, int at) => at + 2 <= config.Length ? BinaryPrimitives.ReadUInt16LittleEndian(config[at..]) : 0;

    [GeneratedRegex("^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]$")]
    private static partial Regex Function();
}

using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.HostDevices;

/// <summary>LUNs of the host's SCSI adapters by the nodes through which commands go to them.</summary>
static class HostScsi
{
    const string Prefix = "scsi_host", Devices = "/sys/bus/scsi/devices";

    /// <summary>The generic node of a LUN, below /dev.</summary>
    /// <param name="lun">Adapter, bus, target and unit.</param>
    /// <param name="devices">The folder of SCSI devices in sysfs.</param>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the host has no such LUN; VIR_ERR_INTERNAL_ERROR: no such name of an adapter.</exception>
    internal static string NodeOf(HostdevSource.OfScsi lun, string devices = Devices)
    {
        string folder = FolderOf(lun, devices) ?? throw VireoException.Internal(ErrorDomain.None, $"Cannot parse adapter '{lun.Adapter}'");
        if (!Directory.Exists(folder))
            throw VireoException.System(ErrorDomain.None, 2, $"cannot open directory '{folder}'");
        return Nodes(folder).FirstOrDefault() ?? throw VireoException.Internal(ErrorDomain.None, $"no generic device in '{folder}'");
    }

    /// <summary>The same; null: the host has no such LUN, or it is a server's.</summary>
    internal static string? FindNode(HostdevSource.OfScsi lun, string devices = Devices) =>
        FolderOf(lun, devices) is { } folder && Directory.Exists(folder) ? Nodes(folder).FirstOrDefault() : null;

    static string? FolderOf(HostdevSource.OfScsi lun, string devices) => lun.Adapter is { } adapter && adapter.StartsWith(Prefix, StringComparison.Ordinal)
        && uint.TryParse(adapter.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
        ? string.Create(CultureInfo.InvariantCulture, $"{devices}/{number}:{lun.Bus ?? 0}:{lun.Target ?? 0}:{lun.Unit ?? 0}/scsi_generic") : null;

    static IEnumerable<string> Nodes(string folder) => Directory.EnumerateFileSystemEntries(folder).Select(static entry => "/dev/" + Path.GetFileName(entry));
}

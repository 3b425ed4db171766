using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.HostDevices;

/// <summary>LUNs of the host's SCSI adapters by the nodes through which commands go to them.</summary>
static class HostScsi
{
    const string Prefix = "scsi_host";

    /// <summary>The generic node of a LUN, below /dev.</summary>
    /// <param name="lun">Adapter, bus, target and unit.</param>
    /// <param name="devices">The folder of SCSI devices in sysfs.</param>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: the host has no such LUN; VIR_ERR_INTERNAL_ERROR: no such name of an adapter.</exception>
    internal static string NodeOf(HostdevSource.OfScsi lun, string devices = "/sys/bus/scsi/devices")
    {
        string adapter = lun.Adapter ?? "";
        if (!adapter.StartsWith(Prefix, StringComparison.Ordinal) || !uint.TryParse(adapter.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            throw VireoException.Internal(ErrorDomain.None, $"Cannot parse adapter '{adapter}'");
        string folder = string.Create(CultureInfo.InvariantCulture, $"{devices}/{number}:{lun.Bus ?? 0}:{lun.Target ?? 0}:{lun.Unit ?? 0}/scsi_generic");
        if (!Directory.Exists(folder))
            throw VireoException.System(ErrorDomain.None, 2, $"cannot open directory '{folder}'");
        return Directory.EnumerateFileSystemEntries(folder).Select(static entry => "/dev/" + Path.GetFileName(entry)).FirstOrDefault()
            ?? throw VireoException.Internal(ErrorDomain.None, $"no generic device in '{folder}'");
    }
}

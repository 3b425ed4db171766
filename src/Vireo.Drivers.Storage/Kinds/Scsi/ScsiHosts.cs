using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Host.Topology;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Scsi;

/// <summary>Finds the host adapter that a pool means, by the number that the kernel gave it.</summary>
static class ScsiHosts
{
    const string Hosts = "sys/class/scsi_host", Fibre = "sys/class/fc_host";

    /// <summary>The number of an adapter.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: no adapter is called so; VIR_ERR_XML_ERROR: there is none.</exception>
    public static uint Find(HostTree tree, StorageAdapter adapter) => adapter switch
    {
        { Type: StorageAdapterType.FcHost } => FindPort(tree, adapter.Wwnn!, adapter.Wwpn!) ?? throw Wrong(adapter.Parent is { } parent
            ? $"there is no virtual adapter of wwnn '{adapter.Wwnn}' and wwpn '{adapter.Wwpn}' under '{parent}': make it with nodedev-create"
            : "'parent' for vHBA not specified, and cannot find one on this host"),
        { ParentAddress: { } card } => FindOnCard(tree, card),
        _ => NumberOf(adapter.Name!),
    };

    /// <summary>Whether the adapter is there.</summary>
    public static bool IsThere(HostTree tree, uint number) => Directory.Exists(tree.At($"{Hosts}/host{number}"));

    /// <summary>Lets the kernel look for disks behind it.</summary>
    public static void Rescan(HostTree tree, uint number)
    {
        string shown = $"/{Hosts}/host{number}/scan", file = tree.At(shown);
        if (!File.Exists(file))
            throw StorageErrors.System(2, $"Could not open '{shown}' to trigger host scan");
        try
        {
            File.WriteAllText(file, "- - -");   // each bus, each target, each unit
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StorageErrors.System(e is UnauthorizedAccessException ? 13 : 5, $"Write to '{shown}' to trigger host scan failed");
        }
    }

    /// <summary>Names are the kernel's (host7) and the node devices' (scsi_host7).</summary>
    static uint NumberOf(string name)
    {
        string rest = name.StartsWith("scsi_", StringComparison.Ordinal) ? name["scsi_".Length..] : name.StartsWith("fc_", StringComparison.Ordinal) ? name["fc_".Length..] : name;
        return rest.StartsWith("host", StringComparison.Ordinal) && uint.TryParse(rest["host".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number : throw StorageErrors.Internal($"Invalid adapter name '{name}' for SCSI pool");
    }

    static uint? FindPort(HostTree tree, string node, string port)
    {
        foreach (string host in tree.Names(Fibre).Order(StringComparer.Ordinal))
            if (Name(tree, host, "node_name") == node && Name(tree, host, "port_name") == port)
                return NumberOf(host);
        return null;
    }

    static string? Name(HostTree tree, string host, string which) => tree.Text($"{Fibre}/{host}/{which}") is { } name && name.StartsWith("0x", StringComparison.Ordinal) ? name[2..] : null;

    static uint FindOnCard(HostTree tree, StorageParentAddress card)
    {
        HostPciAddress at = card.Address!;
        string address = string.Create(CultureInfo.InvariantCulture, $"{at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x}");
        foreach (string host in tree.Names(Hosts).Order(StringComparer.Ordinal))
        {
            if (tree.Number($"{Hosts}/{host}/unique_id") == card.UniqueId
                && Directory.ResolveLinkTarget(tree.At($"{Hosts}/{host}"), returnFinalTarget: true)?.FullName.Contains($"/{address}/", StringComparison.Ordinal) is true)
                return NumberOf(host);
        }
        throw Wrong($"Failed to find scsi_host using PCI '{address}' and unique_id='{card.UniqueId}'");
    }

    static VireoException Wrong(string text) => new(ErrorCode.XmlError, ErrorDomain.Storage, text);
}

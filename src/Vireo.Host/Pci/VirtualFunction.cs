using System.Globalization;

namespace Vireo.Host.Pci;

/// <summary>A virtual function of a card with SR-IOV: the card and the function's number decide what the card does with its packets.</summary>
/// <param name="Card">The card's network device.</param>
/// <param name="Number">The function's number on the card.</param>
/// <param name="Device">The function's own network device; null: no driver of the host has it.</param>
public sealed record VirtualFunction(string Card, int Number, string? Device)
{
    const string Prefix = "virtfn";

    /// <summary>Whether a PCI function is a virtual one.</summary>
    /// <param name="sys">Where sysfs is.</param>
    /// <param name="address">Its address, as 0000:06:10.1.</param>
    public static bool Is(string sys, string address) => Path.Exists(Path.Join(FolderOf(sys, address), "physfn"));

    /// <summary>Finds one by its place on the bus; null: it is none, or its card has no network device.</summary>
    /// <param name="sys">Where sysfs is.</param>
    /// <param name="address">Its address, as 0000:06:10.1.</param>
    public static VirtualFunction? Find(string sys, string address) => Of(FolderOf(sys, address), address);

    /// <summary>Finds the one that a network device belongs to; null: the device is that of no virtual function.</summary>
    /// <param name="sys">Where sysfs is.</param>
    /// <param name="device">The network device.</param>
    public static VirtualFunction? FindByDevice(string sys, string device)
    {
        string folder = Path.Join(sys, "class/net", device, "device");
        return Path.Exists(Path.Join(folder, "physfn")) && AddressOf(folder) is { } address ? Of(folder, address) : null;
    }

    static VirtualFunction? Of(string folder, string address)
    {
        string card = Path.Join(folder, "physfn");
        if (!Directory.Exists(card) || CardOf(card, PortOf(folder)) is not { } name)
            return null;
        foreach (string link in Directory.EnumerateFileSystemEntries(card, Prefix + "*"))
            if (AddressOf(link) == address && int.TryParse(Path.GetFileName(link.AsSpan())[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                return new VirtualFunction(name, number, Devices(folder).FirstOrDefault());
        return null;
    }

    // A card with several ports has a device for each: the function's own device says which port it is on.
    static string? CardOf(string folder, string? port) => Devices(folder) is var all && port is not null
        && all.FirstOrDefault(device => PortOf(folder, device) == port) is { } same ? same : all.FirstOrDefault();

    static string? PortOf(string folder) => Devices(folder).Select(device => PortOf(folder, device)).FirstOrDefault();

    static string? PortOf(string folder, string device)
    {
        try
        {
            return File.ReadAllText(Path.Join(folder, "net", device, "phys_port_id")).Trim() is { Length: > 0 } port ? port : null;
        }
        catch (IOException)
        {
            return null;        // a device without a number of its port refuses the question
        }
    }

    static IEnumerable<string> Devices(string folder) => Path.Join(folder, "net") is var net && Directory.Exists(net)
        ? Directory.EnumerateFileSystemEntries(net).Select(static entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal) : [];

    static string? AddressOf(string link) => new FileInfo(link).LinkTarget is { } target ? Path.GetFileName(target) : null;

    static string FolderOf(string sys, string address) => Path.Join(sys, "bus/pci/devices", address);
}

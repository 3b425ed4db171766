using Vireo.Host.Topology;

namespace Vireo.Drivers.Interface;

/// <summary>The host's network devices, as sysfs shows them.</summary>
/// <param name="tree">Where /sys and /proc are.</param>
sealed class HostCards(HostTree tree)
{
    const string Folder = "/sys/class/net";

    public HostTree Tree => tree;

    /// <summary>All devices by name, in order; what is no device, as <c>bonding_masters</c>, is left out.</summary>
    public IEnumerable<string> Names => tree.Names(Folder).Where(Exists).Order(StringComparer.Ordinal);

    /// <summary>Those that are told of: without taps, which guests' are, and without ports of bridges, which their bridges tell of.</summary>
    public IEnumerable<string> Listed => Names.Where(name => !Has(name, "tun_flags") && !Has(name, "brport/state"));

    public bool Exists(string name) => name.Length > 0 && !name.Contains('/', StringComparison.Ordinal) && name is not ("." or "..") && Has(name, "uevent");

    public bool Has(string name, string file) => tree.Exists($"{Folder}/{name}/{file}");

    /// <summary>What a file of a device says; null: nothing.</summary>
    public string? Text(string name, string file) => tree.Text($"{Folder}/{name}/{file}")?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>What is in a folder of a device, in order.</summary>
    public IEnumerable<string> In(string name, string folder) => tree.Names($"{Folder}/{name}/{folder}").Order(StringComparer.Ordinal);

    public bool IsActive(string name) => State(name) is "up";

    public string? State(string name) => Text(name, "operstate");

    public string Mac(string name) => Text(name, "address") ?? "";

    /// <summary>The kind that the kernel gives it; null: a plain card.</summary>
    public string? Kind(string name) => Text(name, "uevent")?.Split('\n').FirstOrDefault(static line => line.StartsWith("DEVTYPE=", StringComparison.Ordinal))?["DEVTYPE=".Length..];
}

using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Topology;
using Vireo.Model.Capabilities;

namespace Vireo.Hypervisor.Capabilities;

/// <summary>Collects the host's firmware tables, or what an architecture without them has in their place.</summary>
/// <param name="tree">The host's /proc.</param>
/// <param name="arch">libvirt's name of its architecture.</param>
/// <param name="dmidecode">Runs that program with arguments; null if it is not there or fails.</param>
public sealed class HostSysinfo(HostTree tree, string arch, Func<IReadOnlyList<string>, string?> dmidecode)
{
    static readonly string[] tables = ["-q", "-t", "0,1,2,3,4,11,17"];

    /// <summary>The document's text; an error if the host does not tell.</summary>
    public string ToXml(ErrorDomain domain) =>
        Read()?.ToXml() ?? throw new VireoException(ErrorCode.ConfigUnsupported, domain, "Host SMBIOS information is not available");

    /// <summary>The document; null if the host does not tell.</summary>
    public SysinfoDef? Read() => arch switch
    {
        "x86_64" or "i686" => Tables(),
        "aarch64" or "armv6l" or "armv7l" => Tables() ?? Document(Processors("processor", "type", Info.First("Processor") ?? Info.First("model name"), null)),
        "ppc64" or "ppc64le" or "ppc" => Power(),
        "s390x" or "s390" => Mainframe(),
        _ => null,
    };

    CpuInfo Info => new(tree.Text("/proc/cpuinfo") ?? "", arch);

    SysinfoDef? Tables() => dmidecode(tables) is { } output && DmiTables.Parse(output, Unabridged) is { Count: > 0 } sections ? Document(sections) : null;

    string? Unabridged(int index) => dmidecode(["--dump", "--oem-string", index.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    SysinfoDef Power() => Document(
        [Section("system", ("version", Info.First("machine")), ("serial", Info.First("model")), ("family", Info.First("platform"))),
        .. Processors("processor", "type", Info.First("cpu"), Info.First("revision"))]);

    SysinfoDef Mainframe()
    {
        var system = new CpuInfo(tree.Text("/proc/sysinfo") ?? "", arch);
        string? mhz = Info.First("cpu MHz static") ?? Info.First("cpu MHz dynamic");
        IEnumerable<SysinfoSection> processors = (tree.Text("/proc/cpuinfo") ?? "").Split('\n')
            .Where(line => line.StartsWith("processor ", StringComparison.Ordinal) && line.Contains("machine", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',').Select(part => part.Split('=')).ToDictionary(p => p[0].Trim(), p => p[^1].Trim()))
            .Select(cpu => Section(
                "processor", ("family", cpu.GetValueOrDefault("machine")), ("manufacturer", Info.First("vendor_id")), ("version", cpu.GetValueOrDefault("version")),
                ("max_speed", mhz), ("serial_number", cpu.GetValueOrDefault("identification"))));
        return Document(
            [Section("system", ("manufacturer", system.First("Manufacturer")), ("serial", system.First("Sequence Code")), ("family", system.First("Type"))), .. processors]);
    }

    IEnumerable<SysinfoSection> Processors(string key, string typeName, string? type, string? version) =>
        Info.All(key).Select(number => Section("processor", ("socket_destination", number), (typeName, type), ("version", version)));

    static SysinfoDef Document(IEnumerable<SysinfoSection> sections) => new([.. sections.Where(s => !s.Entries.IsEmpty)]);

    static SysinfoSection Section(string name, params (string Name, string? Value)[] entries) =>
        new(name, [.. entries.Where(e => e.Value is not null).Select(e => new SysinfoEntry(e.Name, e.Value!))]);
}

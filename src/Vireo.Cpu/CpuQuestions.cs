using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Cpu;

/// <summary>What libvirt's connections answer about CPUs out of the map alone, whatever the hypervisor.</summary>
public static class CpuQuestions
{
    /// <summary>The models that are known for an architecture (virConnectGetCPUModelNames). Where its map only translates, every model is the hypervisor's to judge.</summary>
    /// <param name="map">The map.</param>
    /// <param name="arch">The architecture by libvirt's name.</param>
    /// <param name="isArch">Whether there is an architecture of a name.</param>
    /// <param name="from">The driver that is asked.</param>
    /// <exception cref="VireoException">InvalidArg for no architecture, NoSupport for one whose CPUs libvirt knows nothing of.</exception>
    public static string[] ModelNames(CpuMap map, string arch, Func<string, bool> isArch, ErrorDomain from)
    {
        if (!isArch(arch))
            throw VireoException.InvalidArgument(from, $"cannot find architecture {arch}");
        return map.Family(arch) is { } family && arch is "x86_64" or "i686" or "ppc64" or "ppc64le" ? [.. family.ModelNames]
            : map.HasOperations(arch) ? [] : throw NoDriver(arch);
    }

    /// <summary>The richest CPU that all of the given ones can be, as a document (virConnectBaselineCPU).</summary>
    /// <param name="map">The map.</param>
    /// <param name="cpus">Documents of hosts' CPUs.</param>
    /// <param name="isArch">Whether there is an architecture of a name.</param>
    /// <param name="expand">Say every feature.</param>
    /// <param name="migratable">Without features that forbid migration.</param>
    /// <exception cref="VireoException">InvalidArg for no CPUs, XmlError for wrong ones, NoSupport for architectures without a baseline.</exception>
    public static string Baseline(CpuMap map, string[] cpus, Func<string, bool> isArch, bool expand, bool migratable)
    {
        var given = Listed(cpus).Select(xml => StandaloneCpu.ParseHost(xml, isArch)).ToList();
        string arch = given[0].Arch!;
        if (map.Family(arch) is not { } family)
            throw map.HasOperations(arch) ? NoBaseline(arch) : NoDriver(arch);
        return Text(family, family.Baseline([.. given.Select(ToSpec)], null, migratable), expand);
    }

    /// <summary>The documents, of which there must be one.</summary>
    /// <exception cref="VireoException">InvalidArg for none.</exception>
    public static string[] Listed(string[] cpus) => cpus.Length > 0 ? cpus : throw VireoException.InvalidArgument(ErrorDomain.Cpu, "no CPUs given");

    /// <summary>A CPU of a document: a host's where it has an architecture.</summary>
    public static CpuSpec ToSpec(StandaloneCpu cpu) => cpu.Arch is null
        ? cpu.Definition.ToSpec()
        : cpu.Definition.ToSpec() with { Role = CpuRole.Host, Architecture = cpu.Arch };

    /// <summary>A CPU as a document for a guest, of features that QEMU has a switch for.</summary>
    public static string Text(CpuFamily family, CpuSpec cpu, bool expand)
    {
        cpu = cpu with { Features = [.. cpu.Features.Where(static f => QemuGuest.HasSwitch(f.Name))] };
        var output = new XmlOutput(new XmlOutputOptions());
        new CpuDef().With(expand ? family.Expand(cpu) : cpu).WriteXml(output);
        return output.ToString();
    }

    static VireoException NoDriver(string arch) =>
        new(VirError.Of(ErrorCode.NoSupport, ErrorDomain.Cpu, $"'{arch}' architecture is not supported by CPU driver"));

    static VireoException NoBaseline(string arch) =>
        new(VirError.Of(ErrorCode.NoSupport, ErrorDomain.Cpu, $"cannot compute baseline CPU of {arch} architecture"));
}

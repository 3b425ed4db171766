using System.Collections.Frozen;
using System.Collections.Immutable;
using Vireo.Core;

namespace Vireo.Drivers.Qemu.Facts.Cache;

/// <summary>Between the document and the facts that the driver works with.</summary>
public static class CacheFacts
{
    /// <summary>What the document says of the binary.</summary>
    public static QemuFacts ToFacts(this CapabilityCache cache)
    {
        var flags = cache.Flags.Select(static f => f.Name).ToFrozenSet(StringComparer.Ordinal);
        bool kvm = flags.Contains(QemuFlag.Kvm);
        return new QemuFacts
        {
            Emulator = cache.Emulator,
            Arch = cache.Arch,
            Version = cache.Version,
            Package = cache.Package ?? "",
            KvmVersion = (int)Math.Min(cache.KvmVersion ?? 0, int.MaxValue),
            MicrocodeVersion = cache.MicrocodeVersion ?? 0,
            Flags = flags,
            Kvm = kvm ? Accelerator(cache, CachedAccelerator.Kvm) : null,
            Tcg = flags.Contains(QemuFlag.Tcg) || !kvm ? Accelerator(cache, CachedAccelerator.Tcg) : null,
            Gics = [.. cache.Gics.Select(static g => new GicFacts(g.Version, g.Kernel is true, g.Emulated is true))],
            Sev = cache.Sev is { } sev ? new SevFacts(sev.CBitPos, sev.ReducedPhysBits, sev.Pdh, sev.CertChain, sev.Cpu0Id) : null,
            Sgx = cache.Sgx is { Supported: true } sgx
                ? new SgxFacts(sgx.Flc is true, sgx.Sgx1 is true, sgx.Sgx2 is true, sgx.SectionSize?.KiB ?? 0,
                    [.. sgx.Sections.Select(static s => new SgxSection(s.Node, s.Size))])
                : null,
            HypervFeatures = cache.Hyperv is { } hyperv ? [.. hyperv.Features.Select(static f => f.Name)] : null,
        };
    }

    /// <summary>The facts as a document, in libvirt's order; when they were found out is for the caller to add.</summary>
    public static CapabilityCache ToCache(this QemuFacts facts) => new()
    {
        Emulator = facts.Emulator,
        Flags = Names(QemuFlagNames.Ordered(facts.Flags)),
        Version = facts.Version,
        KvmVersion = (uint)facts.KvmVersion,
        MicrocodeVersion = facts.MicrocodeVersion,
        Package = facts.Package,
        Arch = facts.Arch,
        Parts = [.. Parts(facts.Kvm, CachedAccelerator.Kvm), .. Parts(facts.Tcg, CachedAccelerator.Tcg)],
        Gics = facts.Gics.Select(static g => new CachedGic { Version = g.Version, Kernel = g.Kernel, Emulated = g.Emulated }).ToValueList(),
        Sev = facts.Sev is { } sev
            ? new CachedSev { CBitPos = sev.CBitPos, ReducedPhysBits = sev.ReducedPhysBits, Pdh = sev.Pdh, CertChain = sev.CertChain, Cpu0Id = sev.Cpu0Id }
            : null,
        Sgx = facts.Sgx is { } sgx
            ? new CachedSgx
            {
                Supported = true,
                Flc = sgx.Flc,
                Sgx1 = sgx.Sgx1,
                Sgx2 = sgx.Sgx2,
                SectionSize = new MemorySize(sgx.SectionSizeKiB),
                Sections = sgx.Sections.Select(static s => new CachedSgxSection { Node = s.Node, Size = s.SizeKiB, Unit = "KiB" }).ToValueList(),
            }
            : null,
        Hyperv = facts.HypervFeatures is { } features ? new CachedHyperv { Supported = true, Features = Names(features) } : null,
    };

    static AcceleratorFacts Accelerator(CapabilityCache cache, CachedAccelerator which)
    {
        var machines = ImmutableArray.CreateBuilder<MachineFacts>();
        var models = ImmutableArray.CreateBuilder<CpuModelFacts>();
        HostCpuFacts? host = null;
        foreach (CachedPart part in cache.Parts)
        {
            if (part.Accelerator != which)
                continue;
            switch (part)
            {
                case CachedMachine machine: machines.Add(Machine(machine)); break;
                case CachedCpu model: models.Add(Model(model)); break;
                case CachedHostCpu cpu: host = Host(cpu); break;
            }
        }
        return new AcceleratorFacts { Machines = machines.ToImmutable(), CpuModels = models.ToImmutable(), HostCpu = host };
    }

    static MachineFacts Machine(CachedMachine machine) => new(machine.Name)
    {
        Alias = machine.Alias,
        MaxCpus = (int)Math.Min(machine.MaxCpus ?? 0, int.MaxValue),
        HotplugCpus = machine.HotplugCpus is true,
        IsDefault = machine.IsDefault is true,
        DefaultCpu = machine.DefaultCpu,
        NumaMemSupported = machine.NumaMemSupported is true,
        DefaultRamId = machine.DefaultRamId,
        Deprecated = machine.Deprecated is true,
    };

    static CpuModelFacts Model(CachedCpu model) => new(model.Name)
    {
        TypeName = model.TypeName,
        Usable = model.Usable switch { true => CpuUsable.Yes, false => CpuUsable.No, null => CpuUsable.Unknown },
        Deprecated = model.Deprecated is true,
        Blockers = [.. model.Blockers.Select(static b => b.Name)],
    };

    static HostCpuFacts Host(CachedHostCpu cpu) => new(cpu.Model)
    {
        Migratability = cpu.Migratability,
        Properties = [.. cpu.Properties.Select(static p => new CpuProperty(p.Name, p.Type, p.Value, p.Migratable))],
    };

    static IEnumerable<CachedPart> Parts(AcceleratorFacts? facts, CachedAccelerator type)
    {
        if (facts is null)
            yield break;
        if (facts.HostCpu is { } host)
            yield return new CachedHostCpu
            {
                Type = type,
                Model = host.Model,
                Migratability = host.Migratability,
                Properties = host.Properties.Select(static p =>
                    new CachedProperty { Name = p.Name, Type = p.Kind, Value = p.Value, Migratable = p.Migratable }).ToValueList(),
            };
        foreach (CpuModelFacts model in facts.CpuModels)
            yield return new CachedCpu
            {
                Type = type,
                Name = model.Name,
                TypeName = model.TypeName,
                Usable = model.Usable switch { CpuUsable.Yes => true, CpuUsable.No => false, _ => null },
                Deprecated = Yes(model.Deprecated),
                Blockers = Names(model.Blockers),
            };
        foreach (MachineFacts machine in facts.Machines)
            yield return new CachedMachine
            {
                Type = type,
                Name = machine.Name,
                Alias = machine.Alias,
                HotplugCpus = Yes(machine.HotplugCpus),
                MaxCpus = (uint)machine.MaxCpus,
                IsDefault = Yes(machine.IsDefault),
                DefaultCpu = machine.DefaultCpu,
                NumaMemSupported = Yes(machine.NumaMemSupported),
                DefaultRamId = machine.DefaultRamId,
                Deprecated = Yes(machine.Deprecated),
            };
    }

    static ValueList<CachedFlag> Names(IEnumerable<string> names) => names.Select(static n => new CachedFlag { Name = n }).ToValueList();

    /// <summary>libvirt writes these only where they are so.</summary>
    static bool? Yes(bool value) => value ? true : null;
}

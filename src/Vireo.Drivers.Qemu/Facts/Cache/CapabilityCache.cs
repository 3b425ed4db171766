using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Drivers.Qemu.Facts.Cache;

/// <summary>
/// libvirt's capability cache, the <c>&lt;qemuCaps&gt;</c> document: what a binary answered, and what must be as it was for the answer to hold.
/// </summary>
[Element("qemuCaps")]
public sealed partial record CapabilityCache
{
    /// <summary>Path of the binary.</summary>
    [Text("emulator", Missing = "internal|missing emulator in QEMU capabilities cache")] public required string Emulator { get; init; }

    /// <summary>When the binary changed last, in seconds since 1970.</summary>
    [Text("qemuctime")] public long? BinaryChanged { get; init; }

    /// <summary>When the folder of its modules changed last, in seconds since 1970.</summary>
    [Text("qemumoddirmtime")] public long? ModulesChanged { get; init; }

    /// <summary>When the daemon that asked was made, in seconds since 1970.</summary>
    [Text("selfctime")] public long? WriterChanged { get; init; }

    /// <summary>The version of the daemon that asked, as 9000000.</summary>
    [Text("selfvers")] public ulong? WriterVersion { get; init; }

    /// <summary>Flags, by libvirt's names.</summary>
    [Child("flag")] public ValueList<CachedFlag> Flags { get; init; }

    /// <summary>QEMU's version, as 7002000.</summary>
    [Text("version", Missing = "internal|missing version in QEMU capabilities cache")] public required int Version { get; init; }
    [Text("kvmVersion")] public uint? KvmVersion { get; init; }
    [Text("microcodeVersion")] public uint? MicrocodeVersion { get; init; }

    /// <summary>Maker, family, model and stepping of the host's processor.</summary>
    [Text("hostCPUSignature")] public string? HostCpuSignature { get; init; }

    /// <summary>The distribution's package string, may be empty.</summary>
    [Hook("package")] public string? Package { get; init; }

    /// <summary>The host's kernel.</summary>
    [Text("kernelVersion")] public string? KernelVersion { get; init; }
    [Text("arch", Missing = "internal|missing arch in QEMU capabilities cache")] public required string Arch { get; init; }

    /// <summary>What the host's processor told, as libvirt's CPU driver keeps it.</summary>
    [Hook("cpudata")] public XmlFragment? CpuData { get; init; }

    /// <summary>By accelerator: the host's CPU, models and machines, in the order they stand.</summary>
    [Hook("hostCPU|cpu|machine")] public ValueList<CachedPart> Parts { get; init; }
    [Child("gic")] public ValueList<CachedGic> Gics { get; init; }
    [Child("sev")] public CachedSev? Sev { get; init; }
    [Child("sgx")] public CachedSgx? Sgx { get; init; }
    [Child("hypervCapabilities")] public CachedHyperv? Hyperv { get; init; }
    [Flag("kvmSupportsNesting")] public bool KvmSupportsNesting { get; init; }
    [Flag("kvmSupportsSecureGuest")] public bool KvmSupportsSecureGuest { get; init; }

    /// <summary>Reads a cache file.</summary>
    /// <exception cref="VireoException">It is no cache, or has a flag that libvirt does not know.</exception>
    public static CapabilityCache Parse(string xml)
    {
        CapabilityCache cache = XmlInput.Document(xml, "qemuCaps", new XmlInputOptions("qemu_capabilities", From: ErrorDomain.Qemu), ReadXml);
        foreach (CachedFlag flag in cache.Flags)
            if (!QemuFlagNames.IsKnown(flag.Name))
                throw new VireoException(ErrorCode.InternalError, ErrorDomain.Qemu, $"unknown qemu capabilities flag {flag.Name}");
        return cache;
    }

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }

    static void ReadPackage(XmlInput x, ref string? package) => package ??= x.Text() ?? "";

    void WritePackage(XmlOutput o) => o.TextElement("package", Package);

    static void ReadCpuData(XmlInput x, ref XmlFragment? data) => data ??= x.Fragment();

    void WriteCpuData(XmlOutput o)
    {
        if (CpuData is not null)
            o.Foreign(CpuData);
    }

    static void ReadParts(XmlInput x, ref ValueListBuilder<CachedPart> parts) => parts.Add(x.Name switch
    {
        "hostCPU" => CachedHostCpu.ReadXml(x),
        "cpu" => CachedCpu.ReadXml(x),
        _ => CachedMachine.ReadXml(x),
    });

    void WriteParts(XmlOutput o)
    {
        foreach (CachedPart part in Parts)
            part.Write(o);
    }
}

/// <summary>A flag that the binary has.</summary>
[Element("flag")]
public sealed partial record CachedFlag
{
    [Attr("name")] public required string Name { get; init; }
}

/// <summary>An interrupt controller of an Arm machine, and who can provide it.</summary>
[Element("gic")]
public sealed partial record CachedGic
{
    [Attr("version")] public required int Version { get; init; }
    [Attr("kernel")] public bool? Kernel { get; init; }
    [Attr("emulated")] public bool? Emulated { get; init; }
}

/// <summary>AMD's encrypted guests.</summary>
[Element("sev")]
public sealed partial record CachedSev
{
    [Text("cbitpos")] public required uint CBitPos { get; init; }
    [Text("reducedPhysBits")] public required uint ReducedPhysBits { get; init; }
    [Text("pdh")] public required string Pdh { get; init; }
    [Text("certChain")] public required string CertChain { get; init; }
    [Text("cpu0Id")] public string? Cpu0Id { get; init; }
}

/// <summary>Intel's enclaves.</summary>
[Element("sgx")]
public sealed partial record CachedSgx
{
    [Attr("supported")] public required bool Supported { get; init; }
    [Text("flc")] public bool? Flc { get; init; }
    [Text("sgx1")] public bool? Sgx1 { get; init; }
    [Text("sgx2")] public bool? Sgx2 { get; init; }
    [Text("section_size")] public MemorySize? SectionSize { get; init; }
    [Child("section", In = "sections")] public ValueList<CachedSgxSection> Sections { get; init; }
}

/// <summary>A region of enclave memory.</summary>
[Element("section")]
public sealed partial record CachedSgxSection
{
    [Attr("node")] public required int Node { get; init; }
    [Attr("size")] public required ulong Size { get; init; }
    [Attr("unit")] public string? Unit { get; init; }
}

/// <summary>Hyper-V enlightenments of the host's CPU.</summary>
[Element("hypervCapabilities")]
public sealed partial record CachedHyperv
{
    [Attr("supported")] public required bool Supported { get; init; }
    [Child("cap")] public ValueList<CachedFlag> Features { get; init; }
}

using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

/// <summary>What machines of one kind can have under one emulator: the <c>&lt;domainCapabilities&gt;</c> document.</summary>
[Element("domainCapabilities")]
public sealed partial record DomainCapabilities
{
    /// <summary>The emulator.</summary>
    [Text("path")] public required string Path { get; init; }
    [Text("domain")] public required string Domain { get; init; }
    [Text("machine")] public string? Machine { get; init; }
    [Text("arch")] public required string Arch { get; init; }
    [Attr("max", In = "vcpu")] public uint? MaxVcpus { get; init; }
    [Attr("supported", In = "iothreads")] public bool? IoThreads { get; init; }
    [Child] public CapabilityOs? Os { get; init; }
    [Child] public CapabilityCpu? Cpu { get; init; }
    [Child("memoryBacking")] public CapabilityChoice? MemoryBacking { get; init; }
    [Child] public CapabilityDevices? Devices { get; init; }
    [Child] public CapabilityFeatures? Features { get; init; }

    /// <summary>What is said of an emulator of which nothing is known.</summary>
    public static DomainCapabilities Unknown(string path, string domain, string? machine, string arch) => new()
    {
        Path = path,
        Domain = domain,
        Machine = machine,
        Arch = arch,
        Cpu = CapabilityCpu.None,
        Devices = new CapabilityDevices(),
        Features = new CapabilityFeatures { Sev = new CapabilitySev { Supported = false }, Sgx = new CapabilitySgx { Supported = false } },
    };

    /// <summary>Reads a document; throws a <see cref="VireoException"/> that says line, column and path.</summary>
    public static DomainCapabilities Parse(string xml) =>
        XmlInput.Document(xml, "domainCapabilities", new XmlInputOptions("domainCapabilities", From: ErrorDomain.Domain), ReadXml);

    /// <summary>Writes the document in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

/// <summary>How machines can boot.</summary>
[Element("os")]
public sealed partial record CapabilityOs
{
    [Attr("supported")] public required bool Supported { get; init; }
    [Child("enum")] public ValueList<CapabilityEnum> Enums { get; init; }

    /// <summary>Firmware; its values are the files that are there.</summary>
    [Child("loader")] public CapabilityChoice? Loader { get; init; }
}

/// <summary>Which CPUs machines can have.</summary>
[Element("cpu")]
public sealed partial record CapabilityCpu
{
    [Child("mode")] public ValueList<CapabilityCpuMode> Modes { get; init; }

    /// <summary>None of the ways.</summary>
    public static CapabilityCpu None { get; } = new()
    {
        Modes =
        [
            new CapabilityCpuMode { Name = "host-passthrough", Supported = false }, new CapabilityCpuMode { Name = "maximum", Supported = false },
            new CapabilityCpuMode { Name = "host-model", Supported = false }, new CapabilityCpuMode { Name = "custom", Supported = false },
        ],
    };
}

/// <summary>A way to choose the CPU.</summary>
[Element("mode")]
public sealed partial record CapabilityCpuMode
{
    [Attr("name")] public required string Name { get; init; }
    [Attr("supported")] public required bool Supported { get; init; }
    [Child("enum")] public ValueList<CapabilityEnum> Enums { get; init; }
    [Child("model")] public ValueList<CapabilityCpuModel> Models { get; init; }
    [Text("vendor")] public string? Vendor { get; init; }
    [Child("feature")] public ValueList<CapabilityCpuFeature> Features { get; init; }
}

/// <summary>A model: the one that the host's CPU comes to, or one that can be asked for.</summary>
[Element("model")]
public sealed partial record CapabilityCpuModel
{
    [Attr("fallback")] public string? Fallback { get; init; }
    [Attr("vendor_id")] public string? VendorId { get; init; }

    /// <summary>Whether this host can run it: yes, no or unknown.</summary>
    [Attr("usable")] public string? Usable { get; init; }
    [Attr("deprecated", Since = "7.1.0")] public bool? Deprecated { get; init; }
    [Attr("vendor", Since = "8.9.0")] public string? Vendor { get; init; }
    [Text] public string? Name { get; init; }
}

/// <summary>A feature on top of the model.</summary>
[Element("feature")]
public sealed partial record CapabilityCpuFeature
{
    [Attr("policy")] public required string Policy { get; init; }
    [Attr("name")] public required string Name { get; init; }
}

/// <summary>Which devices machines can have.</summary>
[Element("devices", Block = true)]
public sealed partial record CapabilityDevices
{
    [Child("disk")] public CapabilityChoice? Disk { get; init; }
    [Child("graphics")] public CapabilityChoice? Graphics { get; init; }
    [Child("video")] public CapabilityChoice? Video { get; init; }
    [Child("hostdev")] public CapabilityChoice? Hostdev { get; init; }
    [Child("rng")] public CapabilityChoice? Rng { get; init; }
    [Child("filesystem")] public CapabilityChoice? Filesystem { get; init; }
    [Child("tpm")] public CapabilityChoice? Tpm { get; init; }
    [Child("redirdev")] public CapabilityChoice? Redirdev { get; init; }
    [Child("channel")] public CapabilityChoice? Channel { get; init; }
}

/// <summary>Which features machines can have.</summary>
[Element("features", Block = true)]
public sealed partial record CapabilityFeatures
{
    [Child("gic")] public CapabilityChoice? Gic { get; init; }
    [Attr("supported", In = "vmcoreinfo")] public bool? VmCoreInfo { get; init; }
    [Attr("supported", In = "genid")] public bool? GenerationId { get; init; }
    [Attr("supported", In = "backingStoreInput", Since = "5.10.0")] public bool? BackingStoreInput { get; init; }
    [Attr("supported", In = "backup")] public bool? Backup { get; init; }
    [Attr("supported", In = "s390-pv")] public bool? S390Pv { get; init; }
    [Child] public CapabilitySev? Sev { get; init; }
    [Child] public CapabilitySgx? Sgx { get; init; }
    [Child("hyperv")] public CapabilityChoice? HyperV { get; init; }
}

/// <summary>AMD's encrypted guests.</summary>
[Element("sev")]
public sealed partial record CapabilitySev
{
    [Attr("supported")] public required bool Supported { get; init; }
    [Text("cbitpos")] public uint? CbitPosition { get; init; }
    [Text("reducedPhysBits")] public uint? ReducedPhysicalBits { get; init; }
    [Text("maxGuests")] public uint? MaxGuests { get; init; }
    [Text("maxESGuests")] public uint? MaxEsGuests { get; init; }
}

/// <summary>Intel's enclaves.</summary>
[Element("sgx")]
public sealed partial record CapabilitySgx
{
    [Attr("supported")] public required bool Supported { get; init; }
    [Text("flc")] public bool? LaunchControl { get; init; }
    [Text("sgx1")] public bool? Sgx1 { get; init; }
    [Text("sgx2")] public bool? Sgx2 { get; init; }
    [Text("section_size")] public MemorySize? SectionSize { get; init; }
    [Child("section", In = "sections")] public ValueList<CapabilitySgxSection> Sections { get; init; }
}

/// <summary>Enclave memory of one node of the host.</summary>
[Element("section")]
public sealed partial record CapabilitySgxSection
{
    [Attr("node")] public required uint Node { get; init; }
    [Attr("size")] public required MemorySize Size { get; init; }
}

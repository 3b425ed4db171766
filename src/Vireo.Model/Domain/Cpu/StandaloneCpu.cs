using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Rules;

namespace Vireo.Model.Domain.Cpu;

/// <summary>
/// A <c>&lt;cpu&gt;</c> by itself, as the calls that compare CPUs take it: a host's, which names its architecture, or a guest's.
/// </summary>
/// <param name="Arch">libvirt's name of the architecture of a host's CPU; null: a guest's.</param>
/// <param name="Definition">Model, vendor, topology and features; those of a host have no policy.</param>
public sealed record StandaloneCpu(string? Arch, CpuDef Definition)
{
    /// <summary>Reads one of either kind.</summary>
    /// <param name="xml">The element.</param>
    /// <param name="isArch">Whether an architecture is one that libvirt knows.</param>
    /// <exception cref="VireoException">It is neither.</exception>
    public static StandaloneCpu Parse(string xml, Func<string, bool> isArch)
    {
        HostCpuElement host = HostCpuElement.Read(xml);
        if (host.Arch is null)
        {
            CpuDef cpu = CpuDef.Parse(xml);
            var found = new Findings();
            GuestCpuRules.Check(cpu, found);
            found.ThrowFirst();
            return new StandaloneCpu(null, cpu);
        }
        return host.Match is null
            ? host.ToCpu(isArch)
            : throw Failed(ErrorCode.XmlError, "'arch' element cannot be used inside 'cpu' element with 'match' attribute'");
    }

    /// <summary>Reads a host's.</summary>
    /// <param name="xml">The element.</param>
    /// <param name="isArch">Whether an architecture is one that libvirt knows.</param>
    /// <exception cref="VireoException">It is none.</exception>
    public static StandaloneCpu ParseHost(string xml, Func<string, bool> isArch) => HostCpuElement.Read(xml).ToCpu(isArch);

    internal static VireoException Failed(ErrorCode code, string text) => new(code, ErrorDomain.Cpu, text);
}

/// <summary>What is read of a host's CPU. Sizes of pages and the counter are not looked at.</summary>
[Element("cpu")]
public sealed partial record HostCpuElement
{
    /// <summary>A guest's, and so an error here.</summary>
    [Attr("mode")] public string? Mode { get; init; }
    /// <summary>A guest's.</summary>
    [Attr("match")] public string? Match { get; init; }
    [Text("arch")] public string? Arch { get; init; }
    [Text("model")] public string? Model { get; init; }
    [Text("vendor")] public string? Vendor { get; init; }
    [Attr("version", In = "microcode")] public string? Microcode { get; init; }
    [Child] public HostSignatureElement? Signature { get; init; }
    [Child] public CpuTopology? Topology { get; init; }
    [Child("feature")] public ValueList<HostFeatureElement> Features { get; init; }

    /// <summary>Reads one; what it says is not judged.</summary>
    public static HostCpuElement Read(string xml) => XmlInput.Document(xml, null, new XmlInputOptions("CPU_definition", From: ErrorDomain.Cpu),
        static x => x.Name == "cpu" ? ReadXml(x) : throw x.Fail(ErrorCode.XmlError, ErrorDomain.Cpu, "XML does not contain expected 'cpu' element"));

    internal StandaloneCpu ToCpu(Func<string, bool> isArch)
    {
        if (Mode is not null)
            throw StandaloneCpu.Failed(ErrorCode.ConfigUnsupported, "Attribute mode is only allowed for guest CPU");
        if (Arch is not { Length: > 0 })
            throw StandaloneCpu.Failed(ErrorCode.XmlError, "Missing CPU architecture");
        if (!isArch(Arch))
            throw StandaloneCpu.Failed(ErrorCode.ConfigUnsupported, $"Unknown architecture {Arch}");
        if (Microcode is not null && !uint.TryParse(Microcode, out _))
            throw StandaloneCpu.Failed(ErrorCode.ConfigUnsupported, "invalid microcode version");
        if (Model is not { Length: > 0 })
            throw StandaloneCpu.Failed(ErrorCode.XmlError, "Missing CPU model name");
        if (Features.Any(static f => f.Name is not { Length: > 0 }))
            throw StandaloneCpu.Failed(ErrorCode.XmlError, "Invalid CPU feature name");
        if (GuestCpuRules.Repeated(Features.Select(static f => f.Name!)) is { } name)
            throw StandaloneCpu.Failed(ErrorCode.XmlError, $"CPU feature '{name}' specified more than once");
        return new StandaloneCpu(Arch, new CpuDef
        {
            Model = new CpuModel { Name = Model },
            Vendor = Vendor,
            Topology = Topology,
            Features = [.. Features.Select(static f => new CpuFeature { Name = f.Name! })],
        });
    }
}

/// <summary>Family, model and stepping; only that they are numbers matters.</summary>
[Element("signature")]
public sealed partial record HostSignatureElement
{
    [Attr("family")] public required uint Family { get; init; }
    [Attr("model")] public required uint Model { get; init; }
    [Attr("stepping")] public required uint Stepping { get; init; }
}

/// <summary>A feature; a policy means nothing in a host.</summary>
[Element("feature")]
public sealed partial record HostFeatureElement
{
    [Attr("name")] public string? Name { get; init; }
}

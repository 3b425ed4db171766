using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Xml;

namespace Vireo.Drivers.Qemu.Facts;

/// <summary>Reads libvirt's capability cache (&lt;qemuCaps&gt;).</summary>
public static class CapabilityCacheReader
{
    /// <summary>Reads one cache file; malformed input is an <see cref="XmlException"/>.</summary>
    public static QemuFacts Read(TextReader input)
    {
        using var xml = XmlReader.Create(input, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var building = new Building();
        xml.MoveToContent();
        if (xml.Name != "qemuCaps")
            throw new XmlException("expected <qemuCaps>");
        xml.ReadStartElement();
        while (xml.MoveToContent() == XmlNodeType.Element)
            building.Take(xml);
        return building.Done();
    }

    sealed class Building
    {
        readonly HashSet<string> flags = new(StringComparer.Ordinal);
        readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
        readonly Accelerator kvm = new();
        readonly Accelerator tcg = new();
        readonly List<GicFacts> gics = [];
        SevFacts? sev;
        SgxFacts? sgx;
        ImmutableArray<string>? hyperv;

        public void Take(XmlReader xml)
        {
            switch (xml.Name)
            {
                case "flag":
                    flags.Add(Required(xml, "name"));
                    xml.Skip();
                    break;
                case "machine":
                    Of(xml).Machines.Add(Machine(xml));
                    xml.Skip();
                    break;
                case "cpu":
                    Of(xml).CpuModels.Add(Cpu(xml));
                    break;
                case "hostCPU":
                    Of(xml).HostCpu = HostCpu(xml);
                    break;
                case "gic":
                    gics.Add(new GicFacts(Number(xml, "version"), Yes(xml, "kernel"), Yes(xml, "emulated")));
                    xml.Skip();
                    break;
                case "sev":
                    sev = Sev(xml);
                    break;
                case "sgx":
                    sgx = Sgx(xml);
                    break;
                case "hypervCapabilities":
                    hyperv = [.. Children(xml, "cap", static x => Required(x, "name"))];
                    break;
                default:
                    string name = xml.Name;
                    texts[name] = xml.ReadElementContentAsString();
                    break;
            }
        }

        public QemuFacts Done() => new()
        {
            Emulator = Text("emulator"),
            Arch = Text("arch"),
            Version = int.Parse(Text("version")),
            Package = texts.GetValueOrDefault("package", ""),
            KvmVersion = int.Parse(texts.GetValueOrDefault("kvmVersion", "0")),
            MicrocodeVersion = uint.Parse(texts.GetValueOrDefault("microcodeVersion", "0")),
            Flags = flags.ToFrozenSet(StringComparer.Ordinal),
            Kvm = flags.Contains(QemuFlag.Kvm) ? kvm.Done() : null,
            Tcg = flags.Contains(QemuFlag.Tcg) || !flags.Contains(QemuFlag.Kvm) ? tcg.Done() : null,
            Gics = [.. gics],
            Sev = sev,
            Sgx = sgx,
            HypervFeatures = hyperv,
        };

        string Text(string name) => texts.TryGetValue(name, out string? text) ? text : throw new XmlException($"missing <{name}>");

        Accelerator Of(XmlReader xml) => xml.GetAttribute("type") == "kvm" ? kvm : tcg;
    }

    sealed class Accelerator
    {
        public List<MachineFacts> Machines { get; } = [];
        public List<CpuModelFacts> CpuModels { get; } = [];
        public HostCpuFacts? HostCpu { get; set; }

        public AcceleratorFacts Done() => new() { Machines = [.. Machines], CpuModels = [.. CpuModels], HostCpu = HostCpu };
    }

    static MachineFacts Machine(XmlReader xml) => new(Required(xml, "name"))
    {
        Alias = xml.GetAttribute("alias"),
        MaxCpus = xml.GetAttribute("maxCpus") is { } most ? (int)Math.Min(int.MaxValue, long.Parse(most)) : 0,
        HotplugCpus = Yes(xml, "hotplugCpus"),
        IsDefault = Yes(xml, "default"),
        DefaultCpu = xml.GetAttribute("defaultCPU"),
        NumaMemSupported = Yes(xml, "numaMemSupported"),
        DefaultRamId = xml.GetAttribute("defaultRAMid"),
        Deprecated = Yes(xml, "deprecated"),
    };

    static CpuModelFacts Cpu(XmlReader xml)
    {
        var model = new CpuModelFacts(Required(xml, "name"))
        {
            TypeName = xml.GetAttribute("typename"),
            Usable = xml.GetAttribute("usable") switch { "yes" => CpuUsable.Yes, "no" => CpuUsable.No, _ => CpuUsable.Unknown },
            Deprecated = Yes(xml, "deprecated"),
        };
        return model with { Blockers = [.. Children(xml, "blocker", static x => Required(x, "name"))] };
    }

    static HostCpuFacts HostCpu(XmlReader xml)
    {
        var host = new HostCpuFacts(Required(xml, "model")) { Migratability = Yes(xml, "migratability") };
        return host with { Properties = [.. Children(xml, "property", Property)] };
    }

    static CpuProperty Property(XmlReader xml) => new(
        Required(xml, "name"),
        xml.GetAttribute("type") switch
        {
            "boolean" => CpuPropertyKind.Boolean,
            "number" => CpuPropertyKind.Number,
            _ => CpuPropertyKind.String,
        },
        Required(xml, "value"),
        xml.GetAttribute("migratable") is { } word ? word == "yes" : null);

    static SevFacts Sev(XmlReader xml)
    {
        var texts = Texts(xml);
        return new SevFacts(
            uint.Parse(texts["cbitpos"]), uint.Parse(texts["reducedPhysBits"]),
            texts["pdh"], texts["certChain"], texts.GetValueOrDefault("cpu0Id"));
    }

    static SgxFacts? Sgx(XmlReader xml)
    {
        if (!Yes(xml, "supported"))
        {
            xml.Skip();
            return null;
        }
        var sections = new List<SgxSection>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        xml.ReadStartElement();
        while (xml.MoveToContent() == XmlNodeType.Element)
        {
            string name = xml.Name;
            if (name == "sections")
                sections.AddRange(Children(xml, "section", static x => new SgxSection(Number(x, "node"), ulong.Parse(Required(x, "size")))));
            else
                texts[name] = xml.ReadElementContentAsString();
        }
        xml.ReadEndElement();
        return new SgxFacts(texts["flc"] == "yes", texts["sgx1"] == "yes", texts["sgx2"] == "yes",
            ulong.Parse(texts["section_size"]), [.. sections]);
    }

    static Dictionary<string, string> Texts(XmlReader xml)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        xml.ReadStartElement();
        while (xml.MoveToContent() == XmlNodeType.Element)
        {
            string name = xml.Name;
            texts[name] = xml.ReadElementContentAsString();
        }
        xml.ReadEndElement();
        return texts;
    }

    static List<T> Children<T>(XmlReader xml, string name, Func<XmlReader, T> read)
    {
        var children = new List<T>();
        if (xml.IsEmptyElement)
        {
            xml.Skip();
            return children;
        }
        xml.ReadStartElement();
        while (xml.MoveToContent() == XmlNodeType.Element)
        {
            if (xml.Name == name)
                children.Add(read(xml));
            xml.Skip();
        }
        xml.ReadEndElement();
        return children;
    }

    static bool Yes(XmlReader xml, string name) => xml.GetAttribute(name) == "yes";

    static int Number(XmlReader xml, string name) => int.Parse(Required(xml, name));

    static string Required(XmlReader xml, string name) =>
        xml.GetAttribute(name) ?? throw new XmlException($"missing attribute {name} in <{xml.Name}>");
}

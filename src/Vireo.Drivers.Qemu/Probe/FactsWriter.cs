using System.Text;
using System.Xml;
using Vireo.Drivers.Qemu.Facts;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>Writes facts as <see cref="CapabilityCacheReader"/> reads them: libvirt's cache format.</summary>
static class FactsWriter
{
    internal static string Write(QemuFacts facts)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("qemuCaps");
            xml.WriteElementString("emulator", facts.Emulator);
            foreach (string flag in facts.Flags.Order(StringComparer.Ordinal))
                Element(xml, "flag", ("name", flag));
            xml.WriteElementString("version", facts.Version.ToString());
            xml.WriteElementString("kvmVersion", facts.KvmVersion.ToString());
            xml.WriteElementString("microcodeVersion", facts.MicrocodeVersion.ToString());
            xml.WriteElementString("package", facts.Package);
            xml.WriteElementString("arch", facts.Arch);
            Write(xml, "kvm", facts.Kvm);
            Write(xml, "tcg", facts.Tcg);
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    static void Write(XmlWriter xml, string type, AcceleratorFacts? facts)
    {
        if (facts is null) return;
        if (facts.HostCpu is { } host)
        {
            xml.WriteStartElement("hostCPU");
            Attributes(xml, ("type", type), ("model", host.Model), ("migratability", Word(host.Migratability)));
            foreach (var property in host.Properties)
                Element(xml, "property", ("name", property.Name), ("type", property.Kind.ToString().ToLowerInvariant()),
                    ("value", property.Value), ("migratable", property.Migratable is { } may ? Word(may) : null));
            xml.WriteEndElement();
        }
        foreach (var model in facts.CpuModels)
        {
            xml.WriteStartElement("cpu");
            Attributes(xml, ("type", type), ("name", model.Name), ("typename", model.TypeName),
                ("usable", model.Usable switch { CpuUsable.Yes => "yes", CpuUsable.No => "no", _ => null }),
                ("deprecated", model.Deprecated ? "yes" : null));
            foreach (string blocker in model.Blockers)
                Element(xml, "blocker", ("name", blocker));
            xml.WriteEndElement();
        }
        foreach (var machine in facts.Machines)
            Element(xml, "machine", ("type", type), ("name", machine.Name), ("alias", machine.Alias),
                ("hotplugCpus", machine.HotplugCpus ? "yes" : null), ("maxCpus", machine.MaxCpus.ToString()),
                ("default", machine.IsDefault ? "yes" : null), ("defaultCPU", machine.DefaultCpu),
                ("numaMemSupported", machine.NumaMemSupported ? "yes" : null), ("defaultRAMid", machine.DefaultRamId),
                ("deprecated", machine.Deprecated ? "yes" : null));
    }

    static void Element(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        xml.WriteStartElement(name);
        Attributes(xml, attributes);
        xml.WriteEndElement();
    }

    static void Attributes(XmlWriter xml, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        foreach (var (name, value) in attributes)
            if (value is not null) xml.WriteAttributeString(name, value);
    }

    static string Word(bool value) => value ? "yes" : "no";
}

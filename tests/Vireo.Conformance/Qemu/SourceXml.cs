using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Conformance.Qemu;

/// <summary>A disk's source or a whole disk, alone as the corpus has them.</summary>
static class SourceXml
{
    const string Before = "<domain type='kvm'><name>x</name><memory>1</memory><os><type>hvm</type></os><devices>", After = "</devices></domain>";

    public static Disk Disk(string xml) => DomainDef.Parse(Before + (xml.Contains("<target", StringComparison.Ordinal) ? xml
        : xml.Replace("</disk>", "<target dev='vda'/></disk>", StringComparison.Ordinal)) + After, DomainParse.Status).Devices.Disks[0];

    public static DiskSource Source(string type, string xml) => Disk($"<disk type='{type}'>{xml}</disk>").Source;

    public static string Of(DiskSource source)
    {
        DomainDef empty = DomainDef.Parse(Before + After, DomainParse.Status);
        string all = (empty with { Devices = empty.Devices with { Disks = [new Disk { Source = source, Target = new DiskTarget { Device = "vda" } }] } }).ToXml();
        int start = all.IndexOf("<source", StringComparison.Ordinal), end = all.IndexOf("      <target dev", StringComparison.Ordinal);
        return start < 0 ? "" : string.Join('\n', all[start..end].Split('\n').Select(static l => l.StartsWith("      ", StringComparison.Ordinal) ? l[6..] : l));
    }
}

using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Cpu;

public sealed partial record CpuDef
{
    /// <summary>Reads the element standing alone, as status files and the CPU calls have it.</summary>
    public static CpuDef Parse(string xml) => XmlInput.Document(xml, "cpu", new XmlInputOptions("cpu", Inactive: true, null), ReadXml);
}

using System.Xml;
using Vireo.Core.Xml;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>Arguments and variables that the user wrote for QEMU itself, in the qemu namespace; nobody looks at them here.</summary>
sealed class WrittenArgumentsChapter : IChapter
{
    internal const string Namespace = "http://libvirt.org/schemas/domain/qemu/1.0";

    public void Write(ArgumentWriter to)
    {
        foreach (XmlFragment fragment in to.Machine.Foreign)
            if (fragment.Namespace == Namespace && fragment.Name.EndsWith("commandline", StringComparison.Ordinal))
                Write(to, fragment);
    }

    static void Write(ArgumentWriter to, XmlFragment fragment)
    {
        using var reader = XmlReader.Create(new StringReader(fragment.Text),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read())
            switch (reader)
            {
                case { NodeType: XmlNodeType.Element, LocalName: "arg" } when reader.GetAttribute("value") is { } value:
                    to.Add(value);
                    break;
                case { NodeType: XmlNodeType.Element, LocalName: "env" } when reader.GetAttribute("name") is { Length: > 0 } name:
                    to.Environment.Add(new(name, reader.GetAttribute("value") ?? ""));
                    break;
            }
    }
}

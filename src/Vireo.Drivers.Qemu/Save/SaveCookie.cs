using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Save;

/// <summary>
/// What the driver has to remember of a machine that is saved, or of a snapshot with memory, beside its definition: libvirt's
/// <c>&lt;cookie&gt;</c>, in a saved machine's header or inside the snapshot's document.
/// </summary>
[Element("cookie")]
public sealed partial record SaveCookie
{
    /// <summary>The processor as the guest has it.</summary>
    [Child] public CpuDef? Cpu { get; init; }

    /// <summary>User networking that must not be a helper's is not in it.</summary>
    [Flag("slirpHelper")] public bool SlirpHelper { get; init; }

    /// <summary>Reads one.</summary>
    /// <exception cref="VireoException">It is no cookie.</exception>
    public static SaveCookie Parse(string xml) => XmlInput.Document(xml, "cookie", new XmlInputOptions("qemu_save_cookie", From: ErrorDomain.Qemu), ReadXml);

    /// <summary>Writes it in libvirt's layout.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Bindings;

/// <summary>The status file of a binding, libvirt's <c>&lt;filterbindingstatus&gt;</c>.</summary>
[Element("filterbindingstatus")]
public sealed partial record BindingStatus
{
    /// <summary>The address that was learned of the guest's packets; libvirt learns it anew.</summary>
    [Attr("vireoLearned")] public string? Learned { get; init; }

    /// <summary>The binding.</summary>
    [Child("filterbinding", Missing = "internal|no filter binding")] public required FilterBindingDef Binding { get; init; }

    /// <summary>Reads a status file.</summary>
    /// <exception cref="VireoException">It is no such file.</exception>
    public static BindingStatus Parse(string xml) =>
        XmlInput.Document(xml, "filterbindingstatus", new XmlInputOptions("nwfilterbinding_status", From: ErrorDomain.Nwfilter), ReadXml);

    /// <summary>Writes it.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

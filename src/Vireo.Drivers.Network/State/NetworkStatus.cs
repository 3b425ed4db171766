using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.State;

/// <summary>
/// The status file of an active network, libvirt's <c>&lt;networkstatus&gt;</c>: what the next daemon, of either kind, needs to take it over.
/// </summary>
[Element("networkstatus")]
public sealed partial record NetworkStatus
{
    /// <summary>A start or a stop is under way: what there is of the network is to be taken away. libvirt skips it.</summary>
    [Attr("vireoUnfinished")] public bool? Unfinished { get; init; }

    /// <summary>The classes of tc that are in use, as a set of numbers; the first three are the network's own.</summary>
    [Attr("bitmap", In = "class_id")] public string? Classes { get; init; }

    /// <summary>What ports are promised together, in kilobytes a second.</summary>
    [Attr("sum", In = "floor", Decimal = true)] public ulong? PromisedSum { get; init; }

    /// <summary>The network as it is.</summary>
    [Child("network", Missing = "internal|no network config")] public required NetworkDef Network { get; init; }

    /// <summary>Reads a status file.</summary>
    /// <exception cref="VireoException">It is no such file.</exception>
    public static NetworkStatus Parse(string xml) =>
        XmlInput.Document(xml, "networkstatus", new XmlInputOptions("network_status", From: ErrorDomain.Network), ReadXml);

    /// <summary>Writes it.</summary>
    public string ToXml()
    {
        var output = new XmlOutput(new XmlOutputOptions());
        WriteXml(output);
        return output.ToString();
    }
}

using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Rules;

namespace Vireo.Model.Network;

/// <summary>What virNetworkUpdate does with a section (virNetworkUpdateCommand).</summary>
public enum NetworkUpdateCommand { None = 0, Modify = 1, Delete = 2, AddLast = 3, AddFirst = 4 }

/// <summary>The part of a network that virNetworkUpdate changes (virNetworkUpdateSection).</summary>
public enum NetworkSection
{
    None = 0, Bridge = 1, Domain = 2, Ip = 3, IpDhcpHost = 4, IpDhcpRange = 5, Forward = 6, ForwardInterface = 7, ForwardPf = 8, PortGroup = 9, DnsHost = 10,
    DnsTxt = 11, DnsSrv = 12,
}

/// <summary>Changes to one section of a network, as a pure function.</summary>
public static partial class NetworkUpdate
{
    /// <summary>The network after the change. Throws libvirt's error if the section cannot be changed so.</summary>
    /// <param name="network">The network in normal form.</param>
    /// <param name="command">What to do.</param>
    /// <param name="section">Where.</param>
    /// <param name="parentIndex">The <c>ip</c> element that a DHCP section belongs to; -1: the one that has DHCP, or else the first that can.</param>
    /// <param name="xml">The element to add, to put in place of another or to take out.</param>
    public static NetworkDef Apply(NetworkDef network, NetworkUpdateCommand command, NetworkSection section, int parentIndex, string xml) => section switch
    {
        NetworkSection.IpDhcpHost => DhcpHost(network, command, parentIndex, Open(network, "host", xml, Network.DhcpHost.ReadXml)),
        NetworkSection.IpDhcpRange => DhcpRange(network, command, parentIndex, xml),
        NetworkSection.ForwardInterface => ForwardInterface(network, command, xml),
        NetworkSection.PortGroup => PortGroup(network, command, xml),
        NetworkSection.DnsHost => DnsHost(network, command, xml),
        NetworkSection.DnsTxt => DnsTxt(network, command, xml),
        NetworkSection.DnsSrv => DnsSrv(network, command, xml),
        NetworkSection.Bridge or NetworkSection.Domain or NetworkSection.Ip or NetworkSection.Forward =>
            throw NotSupported($"can't update '{section.ToString().ToLowerInvariant()}' section of network '{network.Name}'"),
        NetworkSection.ForwardPf => throw NotSupported($"can't update 'forward pf' section of network '{network.Name}'"),
        _ => throw NotSupported("can't update unrecognized section of network"),
    };

    /// <summary>As <see cref="Apply"/>, and the changed network is checked as if it were defined anew, as drivers do.</summary>
    public static NetworkDef ApplyChecked(NetworkDef network, NetworkUpdateCommand command, NetworkSection section, int parentIndex, string xml)
    {
        NetworkDef changed = Apply(network, command, section, parentIndex, xml);
        NetworkRules.Check(changed).ThrowFirst();
        return NetworkDefaults.Fill(changed);
    }

    static T Open<T>(NetworkDef network, string element, string xml, Func<XmlInput, T> read) => XmlInput.Document(
        xml, null, new XmlInputOptions("network_update_xml", From: ErrorDomain.Network, Subject: network.Name, IsFile: true), x => x.Name == element ? read(x)
            : throw x.Fail(ErrorCode.XmlError, ErrorDomain.Network, $"unexpected element <{x.Name}>, expecting <{element}>, while updating network '{network.Name}'"));

    static void Check(Action<Findings> rules)
    {
        var found = new Findings(ErrorDomain.Network);
        rules(found);
        found.ThrowFirst();
    }

    /// <summary>The list with one more member at the end that the command names.</summary>
    static ValueList<T> Add<T>(ValueList<T> list, T item, NetworkUpdateCommand command) =>
        command == NetworkUpdateCommand.AddFirst ? [item, .. list] : list.Add(item);

    static bool IsAdd(NetworkUpdateCommand command) => command is NetworkUpdateCommand.AddFirst or NetworkUpdateCommand.AddLast;

    static VireoException Unknown(NetworkUpdateCommand command) => NotSupported($"unrecognized network update command code {(int)command}");

    static VireoException NotSupported(string text) => new(ErrorCode.OperationUnsupported, ErrorDomain.Network, text);

    static VireoException Invalid(string text) => VireoException.OperationInvalid(ErrorDomain.Network, text);

    static NetworkDef ForwardInterface(NetworkDef network, NetworkUpdateCommand command, string xml)
    {
        string device = Open(network, "interface", xml, x => command == NetworkUpdateCommand.Modify ? throw NotSupported("forward interface entries cannot be modified, only added or deleted")
            : XmlInput.NonEmpty(x.Attribute("dev")) ?? throw x.Fail(ErrorCode.XmlError, ErrorDomain.Network, "missing dev attribute in <interface> element"));
        NetworkForward forward = network.Forward ?? new NetworkForward();
        int at = IndexOf(forward.Interfaces, one => one.Device == device);
        if (IsAdd(command))
        {
            if (at >= 0)
                throw Invalid($"there is an existing interface entry in network '{network.Name}' that matches \"<interface dev='{device}'>\"");
            forward = forward with { Interfaces = Add(forward.Interfaces, new ForwardInterface { Device = device }, command) };
        }
        else if (command != NetworkUpdateCommand.Delete)
            throw Unknown(command);
        else if (at < 0)
            throw Invalid($"couldn't find an interface entry in network '{network.Name}' matching <interface dev='{device}'>");
        else
            forward = forward with { Interfaces = forward.Interfaces.RemoveAt(at) };
        forward = forward with { Device = forward.Interfaces.IsEmpty ? null : forward.Interfaces[0].Device };
        return network with { Forward = network.Forward is null && forward.Interfaces.IsEmpty ? null : forward };
    }

    static NetworkDef PortGroup(NetworkDef network, NetworkUpdateCommand command, string xml)
    {
        PortGroup group = NetworkDefaults.Fill(Open(network, "portgroup", xml, Network.PortGroup.ReadXml));
        Check(found => NetworkRules.Check(group, found));
        int at = IndexOf(network.PortGroups, one => one.Name == group.Name), theDefault = IndexOf(network.PortGroups, one => one.Default is true);
        if (command is NetworkUpdateCommand.Modify or NetworkUpdateCommand.Delete && at < 0)
            throw Invalid($"couldn't find a portgroup entry in network '{network.Name}' matching <portgroup name='{group.Name}'>");
        if (IsAdd(command) && at >= 0)
            throw Invalid($"there is an existing portgroup entry in network '{network.Name}' that matches \"<portgroup name='{group.Name}'>\"");
        if ((command == NetworkUpdateCommand.Modify || IsAdd(command)) && group.Default is true && theDefault >= 0 && theDefault != at)
            throw Invalid($"a different portgroup entry in network '{network.Name}' is already set as the default. Only one default is allowed.");
        return network with
        {
            PortGroups = command switch
            {
                NetworkUpdateCommand.Modify => network.PortGroups.SetItem(at, group),
                NetworkUpdateCommand.Delete => network.PortGroups.RemoveAt(at),
                _ when IsAdd(command) => Add(network.PortGroups, group, command),
                _ => throw Unknown(command),
            },
        };
    }

    static int IndexOf<T>(ValueList<T> list, Func<T, bool> wanted)
    {
        for (int i = 0; i < list.Count; i++)
            if (wanted(list[i]))
                return i;
        return -1;
    }
}

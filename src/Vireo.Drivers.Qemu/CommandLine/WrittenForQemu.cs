using System.Collections.Frozen;
using System.Globalization;
using System.Xml;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Drivers.Qemu.CommandLine.Machine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>
/// What a user wrote for QEMU itself, in the qemu namespace, beside arguments: properties of devices in the place of those that are planned, and
/// capabilities that QEMU shall be used as if it had them, or not.
/// </summary>
sealed class WrittenForQemu
{
    readonly Dictionary<string, List<(string Name, QemuValue? Value)>> _properties = new(StringComparer.Ordinal);
    readonly List<string> _added = [], _taken = [];

    /// <exception cref="VireoException">VIR_ERR_XML_ERROR: it is not as its elements are.</exception>
    internal WrittenForQemu(DomainDef machine)
    {
        foreach (XmlFragment fragment in machine.Foreign)
            if (fragment.Namespace == WrittenArgumentsChapter.Namespace)
                Read(fragment);
    }

    /// <summary>What shall come of members that will go away: none, omit, reject or crash; null: as the host says.</summary>
    internal string? Deprecation { get; private set; }

    /// <summary>Puts what was written for a device in the place of what was planned.</summary>
    internal void Override(QemuDevice device)
    {
        if (_properties.Count == 0 || device["id"]?.AsText() is not { } alias || !_properties.TryGetValue(alias, out var wishes))
            return;
        foreach (var (name, value) in wishes)
        {
            device[name] = null;        // what is written comes last, as with libvirt
            device[name] = value;
        }
    }

    /// <summary>The facts of a binary with the capabilities that were written.</summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: there is no such capability.</exception>
    internal QemuFacts Apply(QemuFacts facts)
    {
        if (_added.Count == 0 && _taken.Count == 0)
            return facts;
        if (_added.Concat(_taken).FirstOrDefault(static name => !QemuFlagNames.IsKnown(name)) is { } unknown)
            throw VireoException.Internal(ErrorDomain.Qemu, $"invalid qemu namespace capability '{unknown}'");
        return facts with { Flags = facts.Flags.Union(_added).Except(_taken).ToFrozenSet(StringComparer.Ordinal) };
    }

    static QemuValue? ValueOf(string type, string? value)
    {
        QemuValue? read = type switch
        {
            "string" => value ?? "",
            "signed" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : (long?)null,
            "unsigned" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : (ulong?)null,
            "bool" => value switch { "true" or "yes" or "on" => true, "false" or "no" or "off" => false, _ => (bool?)null },
            "remove" => null,
            _ => throw Bad($"Invalid value for attribute 'type' in element 'property': '{type}'."),
        };
        return read is null && type is not "remove" ? throw Bad($"invalid value '{value}' of 'value' attribute of 'qemu:property'") : read;
    }

    static VireoException Bad(string text) => new(ErrorCode.XmlError, ErrorDomain.Domain, text);

    void Read(XmlFragment fragment)
    {
        using var reader = XmlReader.Create(new StringReader(fragment.Text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        string? alias = null;
        while (reader.Read())
        {
            if (reader.NodeType is not XmlNodeType.Element)
                continue;
            switch (reader.LocalName)
            {
                case "device":
                    alias = reader.GetAttribute("alias") ?? throw Bad("missing 'alias' attribute for qemu:device");
                    break;
                case "property" when alias is not null && reader.GetAttribute("name") is { } name:
                    if (!_properties.TryGetValue(alias, out var all))
                        _properties.Add(alias, all = []);
                    all.Add((name, ValueOf(reader.GetAttribute("type") ?? "", reader.GetAttribute("value"))));
                    break;
                case "deprecation":
                    Deprecation = reader.GetAttribute("behavior");
                    break;
                case "add" when reader.GetAttribute("capability") is { } more:
                    _added.Add(more);
                    break;
                case "del" when reader.GetAttribute("capability") is { } less:
                    _taken.Add(less);
                    break;
            }
        }
    }
}

using System.Globalization;
using Vireo.Core.Xml;
using Vireo.Shell.Parsing;

namespace Vireo.Shell.Commands.Domains;

/// <summary>A disk's place in the guest as it is typed: a bus, then numbers behind points or colons.</summary>
static class DiskAddress
{
    /// <summary>How each bus counts: how many numbers, and to what base.</summary>
    static readonly (string Bus, int Count, bool Hex)[] kinds =
        [("pci", 4, true), ("ccw", 3, true), ("ide", 3, false), ("scsi", 3, false), ("sata", 3, false), ("usb", 2, false)];

    public static void Write(XmlOutput o, string text, string target, bool multifunction)
    {
        (string bus, uint[] numbers) = Parse(text) ?? throw new CommandFailure("Invalid address.");
        switch (target[..Math.Min(2, target.Length)], bus)
        {
            case ("vd", not ("pci" or "ccw")): throw new CommandFailure("expecting a pci:0000.00.00.00 or ccw:00.0.0000 address.");
            case ("sd", not ("scsi" or "usb" or "sata")): throw new CommandFailure("expecting a scsi:00.00.00 or usb:00.00 or sata:00.00.00 address.");
            case ("hd", not "ide"): throw new CommandFailure("expecting an ide:00.00.00 address.");
            case (_, "pci"): Pci(o, numbers, multifunction); break;
            case (_, "ccw"): Element(o, "ccw", ("cssid", $"0x{numbers[0]:x2}"), ("ssid", $"0x{numbers[1]:x}"), ("devno", $"0x{numbers[2]:x4}")); break;
            case (_, "usb"): Element(o, "usb", ("bus", $"{numbers[0]}"), ("port", $"{numbers[1]}")); break;
            default: Element(o, "drive", ("controller", $"{numbers[0]}"), ("bus", $"{numbers[1]}"), ("unit", $"{numbers[2]}")); break;
        }
    }

    static void Pci(XmlOutput o, uint[] numbers, bool multifunction) => Element(o, "pci", ("domain", $"0x{numbers[0]:x4}"), ("bus", $"0x{numbers[1]:x2}"),
        ("slot", $"0x{numbers[2]:x2}"), ("function", $"0x{numbers[3]:x}"), ("multifunction", multifunction ? "on" : null));

    static void Element(XmlOutput o, string type, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        o.Open("address");
        o.Attribute("type", type);
        foreach (var (name, value) in attributes)
            o.Attribute(name, value);
        o.Close("address");
    }

    /// <summary>Numbers, each behind whatever one character there is; what follows the last one is passed over.</summary>
    static (string Bus, uint[] Numbers)? Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || Array.Find(kinds, kind => kind.Bus == text[..colon]) is not { Bus: { } bus } kind)
            return null;
        ReadOnlySpan<char> rest = text.AsSpan(colon + 1);
        var numbers = new uint[kind.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            rest = (i is 0 || rest.IsEmpty ? rest : rest[1..]).TrimStart();
            if (kind.Hex && rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
                rest = rest[2..];
            int digits = 0;
            while (digits < rest.Length && (kind.Hex ? char.IsAsciiHexDigit(rest[digits]) : char.IsAsciiDigit(rest[digits])))
                digits++;
            if (!uint.TryParse(rest[..digits], kind.Hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
            rest = rest[digits..];
        }
        return (bus, numbers);
    }
}

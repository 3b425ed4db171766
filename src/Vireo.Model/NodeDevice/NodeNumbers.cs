using System.Globalization;
using Vireo.Core.Xml;

namespace Vireo.Model.NodeDevice;

/// <summary>The class of a PCI device.</summary>
/// <param name="Value">Class, subclass and interface, a byte each.</param>
public readonly record struct PciClass(uint Value) : IXmlValue<PciClass>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out PciClass value)
    {
        bool good = HexNumber.TryParse(text, out uint number);
        value = new PciClass(number);
        return good;
    }

    /// <inheritdoc/>
    public string ToXml() => $"0x{Value:x6}";
}

/// <summary>The number of a vendor or product.</summary>
/// <param name="Value">The number.</param>
public readonly record struct DeviceId(uint Value) : IXmlValue<DeviceId>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out DeviceId value)
    {
        bool good = HexNumber.TryParse(text, out uint number);
        value = new DeviceId(number);
        return good;
    }

    /// <inheritdoc/>
    public string ToXml() => $"0x{Value:x4}";
}

/// <summary>Numbers that are hexadecimal even without 0x.</summary>
static class HexNumber
{
    internal static bool TryParse(string text, out uint value) => uint.TryParse(
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}

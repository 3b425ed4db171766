using System.Globalization;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>USB devices that a viewer lends.</summary>
sealed class RedirectPlanner : IDevicePlanner<RedirectedDevice>
{
    public DevicePlan Plan(RedirectedDevice device, PlanContext at)
    {
        string id = $"char{device.Alias}";
        CharacterParts source = CharacterBackend.Plan(device.Source, id, device.Alias ?? "", at, spice: "usbredir");
        return new DevicePlan
        {
            Host = source.Host,
            Backends = source.Parts,
            Frontends =
            [
                new QemuDevice("usb-redir")
                {
                    { "chardev", id },
                    { "id", device.Alias },
                    { "filter", Filter(at.Machine.Devices.RedirectFilter) },
                    { "bootindex", at.BootIndex(device) },
                    at.Address(device),
                },
            ],
        };
    }

    static string? Filter(RedirectFilter? filter) =>
        filter is null || filter.Rules.IsEmpty ? null : string.Join('|', filter.Rules.Select(Rule));

    static string Rule(RedirectRule rule) =>
        $"{Number(rule.Class, 2)}:{Number(rule.Vendor, 4)}:{Number(rule.Product, 4)}:{Version(rule.Version)}:{(rule.Allow ? 1 : 0)}";

    static string Number(string? text, int digits) => text is null or "-1" ? "-1"
        : uint.TryParse(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text,
            text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? "0x" + number.ToString("X" + digits, CultureInfo.InvariantCulture) : "-1";

    // Version 2.56 is 0x0256: each half of two decimal digits.
    static string Version(string? text)
    {
        if (text is null or "-1")
            return "-1";
        string[] halves = text.Split('.');
        uint Half(int i) => i < halves.Length && uint.TryParse(halves[i], out uint number) ? number / 10 << 4 | number % 10 : 0;
        return "0x" + (Half(0) << 8 | Half(1)).ToString("X4", CultureInfo.InvariantCulture);
    }
}

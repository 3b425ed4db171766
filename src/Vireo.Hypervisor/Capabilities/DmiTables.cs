using Vireo.Model.Capabilities;

namespace Vireo.Hypervisor.Capabilities;

/// <summary>Reads what dmidecode prints of the firmware's tables.</summary>
static class DmiTables
{
    // Title that dmidecode prints, our section, and its entries: dmidecode's name and ours, in the document's order.
    static readonly (string Title, string Section, (string Printed, string Name)[] Entries)[] layout =
    [
        ("BIOS Information", "bios", [("Vendor", "vendor"), ("Version", "version"), ("Release Date", "date"), ("BIOS Revision", "release")]),
        ("System Information", "system",
            [("Manufacturer", "manufacturer"), ("Product Name", "product"), ("Version", "version"), ("Serial Number", "serial"), ("UUID", "uuid"),
             ("SKU Number", "sku"), ("Family", "family")]),
        ("Base Board Information", "baseBoard",
            [("Manufacturer", "manufacturer"), ("Product Name", "product"), ("Version", "version"), ("Serial Number", "serial"), ("Asset Tag", "asset"),
             ("Location In Chassis", "location")]),
        ("Chassis Information", "chassis",
            [("Manufacturer", "manufacturer"), ("Version", "version"), ("Serial Number", "serial"), ("Asset Tag", "asset"), ("SKU Number", "sku")]),
        ("Processor Information", "processor",
            [("Socket Designation", "socket_destination"), ("Type", "type"), ("Family", "family"), ("Manufacturer", "manufacturer"), ("Signature", "signature"),
             ("Version", "version"), ("External Clock", "external_clock"), ("Max Speed", "max_speed"), ("Status", "status"), ("Serial Number", "serial_number"),
             ("Part Number", "part_number")]),
        ("Memory Device", "memory_device",
            [("Size", "size"), ("Form Factor", "form_factor"), ("Locator", "locator"), ("Bank Locator", "bank_locator"), ("Type", "type"),
             ("Type Detail", "type_detail"), ("Speed", "speed"), ("Manufacturer", "manufacturer"), ("Serial Number", "serial_number"), ("Part Number", "part_number")]),
        ("OEM Strings", "oemStrings", []),
    ];

    /// <summary>The sections in the document's order. <paramref name="oemString"/> gives a maker's string in full.</summary>
    public static IReadOnlyList<SysinfoSection> Parse(string output, Func<int, string?> oemString)
    {
        List<SysinfoSection> sections = [];
        string[] blocks = output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        foreach ((string title, string name, (string Printed, string Name)[] entries) in layout)
            foreach (string block in blocks)
            {
                string[] lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                if (Array.FindIndex(lines, l => l == title) is >= 0 and var at)
                    sections.Add(new SysinfoSection(name, entries.Length == 0 ? [.. Strings(lines[(at + 1)..], oemString)] : [.. Entries(lines[(at + 1)..], entries)]));
            }
        return [.. sections.Where(s => !s.Entries.IsEmpty && !s.Entries.Any(e => e is { Name: "size", Value: "No Module Installed" }))];
    }

    static IEnumerable<SysinfoEntry> Entries(string[] lines, (string Printed, string Name)[] entries)
    {
        foreach ((string printed, string name) in entries)
            foreach (string line in lines)
                if (line.StartsWith($"\t{printed}: ", StringComparison.Ordinal))
                {
                    yield return new SysinfoEntry(name, line[(printed.Length + 3)..].Trim());
                    break;
                }
    }

    // A dot may stand for a character that cannot be printed on a line: then the string is asked for on its own.
    static IEnumerable<SysinfoEntry> Strings(string[] lines, Func<int, string?> oemString)
    {
        for (int i = 1; i <= lines.Length; i++)
        {
            string label = $"\tString {i}: ";
            if (Array.Find(lines, l => l.StartsWith(label, StringComparison.Ordinal)) is not { } line)
                continue;
            string shown = line[label.Length..].TrimEnd();
            string? full = shown.Contains('.', StringComparison.Ordinal) ? oemString(i)?.TrimEnd('\n') : null;
            yield return new SysinfoEntry(null, full ?? shown);
        }
    }
}

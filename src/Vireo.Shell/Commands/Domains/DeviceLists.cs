using System.Xml.XPath;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Domains;

/// <summary>Disks and network cards, read from the domain's document.</summary>
static class DeviceLists
{
    public static CommandDef[] All { get; } =
    [
        new("domblklist", "list a domain's disks", Disks, OptionDef.Domain,
            OptionDef.Flag("inactive", "as they will be at its next start"), OptionDef.Flag("details", "also type and device"))
        {
            Description = "Prints targets and sources of the domain's disks.",
        },
        new("domiflist", "list a domain's network cards", Interfaces, OptionDef.Domain,
            OptionDef.Flag("inactive", "as they will be at its next start"))
        {
            Description = "Prints the domain's network cards.",
        },
    ];

    static async ValueTask<XPathNavigator> OpenAsync(ShellSession shell, CommandCall call)
    {
        var flags = call.Has("inactive") ? DomainXmlFlags.Inactive : 0;
        DomainRef domain = await shell.FindDomainAsync(call);
        return XmlQuery.Open(await shell.Calls.Read<IDomainInfo>("virDomainGetXMLDesc").GetXmlAsync(domain, flags, default));
    }

    static async ValueTask<bool> Disks(ShellSession shell, CommandCall call)
    {
        XPathNavigator document = await OpenAsync(shell, call);
        bool details = call.Has("details");
        var table = details ? new TextTable("Type", "Device", "Target", "Source") : new TextTable("Target", "Source");
        foreach (XPathNavigator disk in document.Select("/domain/devices/disk"))
        {
            string target = disk.Text("target/@dev") ?? throw new CommandFailure("unable to query block list: a disk without target");
            if (details)
                table.Add(disk.Text("@type") ?? "-", disk.Text("@device") ?? "-", target, SourceOf(disk) ?? "-");
            else
                table.Add(target, SourceOf(disk) ?? "-");
        }
        shell.Out.Print(table.Render(withHeader: !shell.Settings.Quiet));
        return true;
    }

    /// <summary>Where a disk's content is, in one word.</summary>
    static string? SourceOf(XPathNavigator disk) => disk.Text("@type") switch
    {
        "nvme" when disk.SelectSingleNode("source") is { } source =>
            $"nvme://{Part(source, "domain", 4)}:{Part(source, "bus", 2)}:{Part(source, "slot", 2)}.{Part(source, "function", 1)}/{source.Text("@namespace")}",
        "vhostuser" => disk.Text("source/@path"),
        _ => disk.Text("source/@file | source/@dev | source/@dir | source/@name | source/@volume"),
    };

    static string Part(XPathNavigator source, string attribute, int digits) =>
        (source.Text($"address/@{attribute}") ?? "0").Replace("0x", "", StringComparison.Ordinal).PadLeft(digits, '0');

    static async ValueTask<bool> Interfaces(ShellSession shell, CommandCall call)
    {
        XPathNavigator document = await OpenAsync(shell, call);
        var table = new TextTable("Interface", "Type", "Source", "Model", "MAC");
        foreach (XPathNavigator card in document.Select("/domain/devices/interface"))
        {
            table.Add(card.Text("target/@dev") ?? "-", card.Text("@type") ?? "-",
                card.Text("source/@bridge | source/@dev | source/@network | source/@name") ?? "-",
                card.Text("model/@type") ?? "-", card.Text("mac/@address") ?? "-");
        }
        shell.Out.Print(table.Render(withHeader: !shell.Settings.Quiet));
        return true;
    }
}

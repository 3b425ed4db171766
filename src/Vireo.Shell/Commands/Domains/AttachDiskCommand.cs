using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Domains;

/// <summary>Gives a domain a disk that options describe.</summary>
static class AttachDiskCommand
{
    static readonly string[] sourceTypes = ["", "file", "block", "network"];

    public static CommandDef[] All { get; } =
    [
        new("attach-disk", "attach a disk that options describe", Run, OptionDef.Domain,
            OptionDef.Data("source", "file, device or name of the disk's content") with { EmptyOk = true },
            OptionDef.Data("target", "the disk's name in the guest"),
            OptionDef.Text("targetbus", "the bus that it is on"),
            OptionDef.Text("driver", "who serves it"),
            OptionDef.Text("subdriver", "format of its content"),
            OptionDef.Text("iothread", "thread that serves it"),
            OptionDef.Text("cache", "how it is cached"),
            OptionDef.Text("io", "how it is read and written"),
            OptionDef.Text("type", "disk, cdrom, floppy or lun"),
            OptionDef.Alias("shareable", "mode=shareable"),
            OptionDef.Text("mode", "readonly or shareable"),
            OptionDef.Text("sourcetype", "file, block or network"),
            OptionDef.Text("serial", "serial number"),
            OptionDef.Text("wwn", "world-wide name"),
            OptionDef.Text("alias", "name of one's own for it"),
            OptionDef.Flag("rawio", "needs raw access"),
            OptionDef.Text("address", "its place in the guest"),
            OptionDef.Flag("multifunction", "its PCI place is shared"),
            OptionDef.Flag("print-xml", "print the XML, and do nothing"),
            OptionDef.Text("source-protocol", "protocol of a network disk"),
            OptionDef.Text("source-host-name", "its server, as host:port"),
            OptionDef.Text("source-host-transport", "how the server is reached"),
            OptionDef.Text("source-host-socket", "the server's socket"),
            OptionDef.Flag("persistent", "now and at every start"),
            OptionDef.Flag("config", "at every start"),
            OptionDef.Flag("live", "now"),
            OptionDef.Flag("current", "now if it runs, else at every start"))
        {
            Description = "Attaches a disk to a domain.",
            Exclusive = [("persistent", "current"), ("current", "live"), ("current", "config"), ("source-host-name", "source-host-socket")],
            Requires =
            [
                ("source-host-name", "source-protocol"), ("source-host-transport", "source-protocol"), ("source-host-socket", "source-protocol"),
                ("source-host-socket", "source-host-transport"),
            ],
        },
    ];

    static async ValueTask<bool> Run(ShellSession shell, CommandCall call)
    {
        string xml = Document(call);
        if (call.Has("print-xml"))
        {
            shell.Out.Print(xml);
            return true;
        }
        DomainRef domain = await shell.FindDomainAsync(call);
        bool config = call.Has("config"), live = call.Has("live"), current = call.Has("current");
        if (call.Has("persistent"))
            (config, live) = (true, await shell.Calls.Read<IDomainInfo>("virDomainIsActive").IsActiveAsync(domain, default));
        DomainDeviceModifyFlags flags = (config ? DomainDeviceModifyFlags.Config : 0) | (live ? DomainDeviceModifyFlags.Live : 0);
        await Attempt.To("Failed to attach disk", () => flags is not 0 || current
            ? shell.Calls.Write<IDomainDevices>("virDomainAttachDeviceFlags").AttachDeviceAsync(domain, xml, flags, default)
            : shell.Calls.Write<IDomainDevices>("virDomainAttachDevice").AttachDeviceAsync(domain, xml, default));
        shell.Out.Extra("Disk attached successfully\n");
        return true;
    }

    static string Document(CommandCall call)
    {
        string source = call.Text("source") ?? "", target = call.Needed("target");
        string? mode = call.Text("mode"), sourceType = call.Text("sourcetype");
        if (mode is not null and not ("readonly" or "shareable"))
            throw new CommandFailure($"No support for {mode} in command 'attach-disk'");
        if (sourceType is not null && !sourceTypes.Contains(sourceType))
            throw new CommandFailure($"Unknown source type: '{sourceType}'");
        // A file that is there tells what it is.
        sourceType ??= call.Has("source-protocol") ? "network" : File.Exists(source) && File.GetAttributes(source).HasFlag(FileAttributes.Device) ? "block" : "file";
        if (call.Has("source-protocol") != sourceType is "network")
            throw new CommandFailure("--source-protocol option requires --sourcetype network");
        if (call.Text("wwn") is { } wwn && !WorldWideNames.IsOne(wwn))
            throw VireoException.Internal(ErrorDomain.None, $"Malformed wwn: {wwn}");
        var o = new XmlOutput(new XmlOutputOptions());
        o.Open("disk");
        o.Attribute("type", sourceType);
        o.Attribute("device", call.Text("type"));
        o.Attribute("rawio", call.Has("rawio") ? "yes" : null);
        Driver(o, call);
        Source(o, call, sourceType, source);
        o.Open("target");
        o.Attribute("dev", target);
        o.Attribute("bus", call.Text("targetbus"));
        o.Close("target");
        if (mode is not null)
            o.Empty(mode);
        o.TextElement("serial", call.Text("serial"));
        if (call.Text("alias") is { } alias)
        {
            o.Open("alias");
            o.Attribute("name", alias);
            o.Close("alias");
        }
        o.TextElement("wwn", call.Text("wwn"));
        if (call.Text("address") is { } address)
            DiskAddress.Write(o, address, target, call.Has("multifunction"));
        o.Close("disk");
        return o.ToString();
    }

    static void Driver(XmlOutput o, CommandCall call)
    {
        (string Attribute, string Option)[] settings = [("name", "driver"), ("type", "subdriver"), ("iothread", "iothread"), ("cache", "cache"), ("io", "io")];
        if (!settings.Any(setting => call.Has(setting.Option)))
            return;
        o.Open("driver");
        foreach (var (attribute, option) in settings)
            o.Attribute(attribute, call.Text(option));
        o.Close("driver");
    }

    static void Source(XmlOutput o, CommandCall call, string type, string source)
    {
        string? host = call.Text("source-host-name"), transport = call.Text("source-host-transport"), socket = call.Text("source-host-socket");
        o.Open("source");
        if (type is not "network")
            o.Attribute(type is "file" ? "file" : "dev", source);
        else
        {
            o.Attribute("protocol", call.Text("source-protocol"));
            o.Attribute("name", source);
            if (host is not null || transport is not null || socket is not null)
            {
                string[]? parts = host?.Split(':', 2);
                o.Open("host");
                o.Attribute("transport", transport);
                o.Attribute("socket", socket);
                o.Attribute("name", parts?[0]);
                o.Attribute("port", parts is [_, var port] ? port : null);
                o.Close("host");
            }
        }
        o.Close("source");
    }
}

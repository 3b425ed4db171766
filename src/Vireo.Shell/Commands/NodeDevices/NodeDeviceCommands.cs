using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Commands.Domains;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.NodeDevices;

/// <summary>Devices of the host.</summary>
static class NodeDeviceCommands
{
    static readonly string[] kinds = ["lifecycle", "update"];

    static readonly OptionDef device = OptionDef.Data("device", "name of the device, or its WWNN,WWPN"), name = OptionDef.Data("device", "name of the device");

    static readonly OptionDef validate = OptionDef.Flag("validate", "check the XML against the schema");

    public static CommandDef[] All { get; } =
    [
        new("nodedev-create", "make a device from XML", Create, OptionDef.Data("file", "file with the device's XML"), validate) { Description = "Makes a device of the host, as far as it can be made." },
        new("nodedev-destroy", "remove a device", Destroy, OptionDef.Alias("name", "device"), device) { Description = "Removes a device of the host." },
        new("nodedev-detach", "take a device from its driver", Detach, name, OptionDef.Text("driver", "the driver that it goes to")) { Description = "Makes a device free for a guest." },
        new("nodedev-dumpxml", "print a device's XML", DumpXml, device, DocumentOutput.XPath, DocumentOutput.Wrap) { Description = "Prints the device's document." },
        new("nodedev-reattach", "give a device back to its driver", Reattach, name) { Description = "Undoes nodedev-detach." },
        new("nodedev-reset", "reset a device", Reset, name) { Description = "Resets a device before or after a guest has it." },
        new("nodedev-event", "wait for device events", Event,
            EventWait.OptionsAfter(OptionDef.Text("device", "only of this device"), OptionDef.Text("event", "the kind of event to wait for")))
        {
            Description = "Prints the kinds of events, or waits for events and prints them.",
        },
        new("nodedev-define", "define a device from XML", Define, OptionDef.Data("file", "file with the device's XML"), validate) { Description = "Makes a device that is kept, without starting it." },
        new("nodedev-undefine", "forget a device", Undefine, device) { Description = "Forgets the definition of a device." },
        new("nodedev-start", "start a defined device", Start, name) { Description = "Starts a device that is kept." },
        new("nodedev-autostart", "start a device with the host", Autostart, name, OptionDef.Flag("disable", "do not start it any more")) { Description = "Makes a device start with the host, or not." },
        new("nodedev-info", "show a device's state", Info, name) { Description = "Prints what there is to know about a device in short." },
    ];

    static async ValueTask<string> FindAsync(ShellSession shell, CommandCall call)
    {
        string given = call.Needed("device");
        string[] parts = given.Split(',');
        if (parts.Length > 2)
            throw new CommandFailure($"Malformed device value '{given}'");
        if (parts is [_, _] && parts.FirstOrDefault(static part => !WorldWideNames.IsOne(part)) is { } wrong)
            throw VireoException.Internal(ErrorDomain.None, $"Malformed wwn: {wrong}");
        return (await Attempt.To($"Could not find matching device '{given}'", () => parts is [var node, var port]
            ? shell.Calls.Read<INodeDeviceWwn>("virNodeDeviceLookupSCSIHostByWWN").LookupByWwnAsync(node, port, 0, default)
            : shell.Calls.Read<INodeDeviceListing>("virNodeDeviceLookupByName").LookupByNameAsync(given, default))).Name;
    }

    static async ValueTask<bool> Create(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = DefinitionCommands.ReadFile(file);
        NodeDeviceRef made = await Attempt.To($"Failed to create node device from {file}", () => shell.Calls.Write<INodeDeviceLifecycle>("virNodeDeviceCreateXML")
            .CreateAsync(xml, call.Has("validate") ? NodeDeviceCreateFlags.Validate : 0, default));
        shell.Out.Extra($"Node device {made.Name} created from {file}\n");
        return true;
    }

    static async ValueTask<bool> Define(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = DefinitionCommands.ReadFile(file);
        NodeDeviceRef made = await Attempt.To($"Failed to define node device from '{file}'", () => shell.Calls.Write<INodeDeviceDefinitions>("virNodeDeviceDefineXML")
            .DefineAsync(xml, call.Has("validate") ? NodeDeviceDefineFlags.Validate : 0, default));
        shell.Out.Extra($"Node device '{made.Name}' defined from '{file}'\n");
        return true;
    }

    static async ValueTask<bool> Destroy(ShellSession shell, CommandCall call)
    {
        string found = await FindAsync(shell, call);
        await Attempt.To($"Failed to destroy node device '{found}'", () => shell.Calls.Write<INodeDeviceLifecycle>("virNodeDeviceDestroy").DestroyAsync(found, default));
        shell.Out.Extra($"Destroyed node device '{found}'\n");
        return true;
    }

    static async ValueTask<bool> DumpXml(ShellSession shell, CommandCall call)
    {
        string found = await FindAsync(shell, call);
        shell.Document(call, await shell.Calls.Read<INodeDeviceListing>("virNodeDeviceGetXMLDesc").GetXmlAsync(found, 0, default));
        return true;
    }

    static async ValueTask<bool> Detach(ShellSession shell, CommandCall call)
    {
        string found = await FindAsync(shell, call);
        string? driver = call.Text("driver");
        await Attempt.To($"Failed to detach device {found}", () => driver is null
            ? shell.Calls.Write<INodeDeviceDetach>("virNodeDeviceDettach").DetachAsync(found, default)
            : shell.Calls.Write<INodeDeviceDetach>("virNodeDeviceDetachFlags").DetachAsync(found, driver, 0, default));
        shell.Out.Extra($"Device {found} detached\n");
        return true;
    }

    static async ValueTask<bool> Reattach(ShellSession shell, CommandCall call)
    {
        string found = await FindAsync(shell, call);
        await Attempt.To($"Failed to re-attach device {found}", () => shell.Calls.Write<INodeDeviceDetach>("virNodeDeviceReAttach").ReattachAsync(found, default));
        shell.Out.Extra($"Device {found} re-attached\n");
        return true;
    }

    static async ValueTask<bool> Reset(ShellSession shell, CommandCall call)
    {
        string found = await FindAsync(shell, call);
        await Attempt.To($"Failed to reset device {found}", () => shell.Calls.Write<INodeDeviceDetach>("virNodeDeviceReset").ResetAsync(found, default));
        shell.Out.Extra($"Device {found} reset\n");
        return true;
    }

    static async ValueTask<bool> Undefine(ShellSession shell, CommandCall call)
    {
        string found = await FindAsync(shell, call);
        await Attempt.To($"Failed to undefine node device '{found}'", () => shell.Calls.Write<INodeDeviceDefinitions>("virNodeDeviceUndefine").UndefineAsync(found, 0, default));
        shell.Out.Extra($"Undefined node device '{found}'\n");
        return true;
    }

    static async ValueTask<bool> Start(ShellSession shell, CommandCall call)
    {
        string found = await FindAsync(shell, call);
        await Attempt.To($"Failed to start device {found}", () => shell.Calls.Write<INodeDeviceDefinitions>("virNodeDeviceCreate").CreateAsync(found, 0, default));
        shell.Out.Extra($"Device {found} started\n");
        return true;
    }

    static async ValueTask<bool> Autostart(ShellSession shell, CommandCall call)
    {
        string found = await FindAsync(shell, call);
        bool on = !call.Has("disable");
        await Attempt.To(on ? $"failed to mark device {found} as autostarted" : $"failed to unmark device {found} as autostarted", () =>
            shell.Calls.Write<INodeDeviceDefinitions>("virNodeDeviceSetAutostart").SetAutostartAsync(found, on, default));
        shell.Out.Extra(on ? $"Device {found} marked as autostarted\n" : $"Device {found} unmarked as autostarted\n");
        return true;
    }

    static async ValueTask<bool> Info(ShellSession shell, CommandCall call)
    {
        string found = await FindAsync(shell, call);
        Line("Name:", found);
        Line("Parent:", await shell.Calls.Read<INodeDeviceListing>("virNodeDeviceGetParent").GetParentAsync(found, default) ?? "");
        // Whoever cannot say has only devices that are there for good.
        Line("Active:", await AskAsync(shell, about => about.IsActiveAsync(found, default)) is false ? "no" : "yes");
        Line("Persistent:", await AskAsync(shell, about => about.IsPersistentAsync(found, default)) is false ? "no" : "yes");
        Line("Autostart:", await AskAsync(shell, about => about.GetAutostartAsync(found, default)) switch { true => "yes", false => "no", null => "no autostart" });
        return true;

        void Line(string title, string value) => shell.Out.Line($"{title,-15} {value}");
    }

    static async ValueTask<bool?> AskAsync(ShellSession shell, Func<INodeDeviceDefinitions, ValueTask<bool>> question)
    {
        try
        {
            return await question(shell.Calls.Read<INodeDeviceDefinitions>("virNodeDeviceIsActive"));
        }
        catch (VireoException)
        {
            return null;
        }
    }

    static async ValueTask<bool> Event(ShellSession shell, CommandCall call)
    {
        if (call.Has("list"))
        {
            foreach (string kind in kinds)
                shell.Out.Line(kind);
            return true;
        }
        int wanted = EventWait.Kind(call, kinds);
        int? timeout = call.Milliseconds("timeout");
        NodeDeviceRef? only = call.Has("device") ? new NodeDeviceRef(await FindAsync(shell, call)) : null;
        return await EventWait.RunAsync<NodeDeviceEvent>(shell, call, timeout,
            sink => shell.Calls.Read<INodeDeviceEvents>("virConnectNodeDeviceEventRegisterAny").SubscribeAsync((NodeDeviceEventId)wanted, only, sink, default),
            raised => $"event '{kinds[(int)raised.Kind]}' for node device {raised.Device.Name}{(raised is NodeDeviceLifecycleEvent { Type: var type } ? $": {type}" : "")}");
    }
}

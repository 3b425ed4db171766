using Vireo.Driver;
using Vireo.Shell.Commands.Domains;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Interfaces;

/// <summary>The host's network interfaces.</summary>
static class InterfaceCommands
{
    static readonly OptionDef card = OptionDef.Data("interface", "name or MAC address of the interface");

    public static CommandDef[] All { get; } =
    [
        new("iface-begin", "note how interfaces are, to be able to go back", (shell, _) => ChangeAsync(shell, "begin", "started", "virInterfaceChangeBegin",
            change => change.BeginAsync(0, default))) { Description = "Notes the settings of the host's interfaces." },
        new("iface-commit", "keep what was changed since iface-begin", (shell, _) => ChangeAsync(shell, "commit", "committed", "virInterfaceChangeCommit",
            change => change.CommitAsync(0, default))) { Description = "Keeps the changes and forgets how it was before." },
        new("iface-define", "define an interface from XML", Define,
            OptionDef.Data("file", "file with the interface's XML"), OptionDef.Flag("validate", "check the XML against the schema"))
        {
            Description = "Makes an interface, or changes one, without starting it.",
        },
        new("iface-destroy", "stop an interface", Destroy, card) { Description = "Takes an interface down." },
        new("iface-dumpxml", "print an interface's XML", DumpXml, card, OptionDef.Flag("inactive", "as it is kept, not as it is now"),
            DocumentOutput.XPath, DocumentOutput.Wrap) { Description = "Prints the interface's document." },
        new("iface-list", "list the host's interfaces", List,
            OptionDef.Flag("inactive", "those that are not active"), OptionDef.Flag("all", "those that are active and those that are not"))
        {
            Description = "Lists the interfaces that are active, or those that the options ask for.",
            Exclusive = [("all", "inactive")],
        },
        new("iface-mac", "print an interface's MAC address", Mac, OptionDef.Data("interface", "name of the interface")) { Description = "" },
        new("iface-name", "print the name of the interface with a MAC address", Name, OptionDef.Data("interface", "MAC address of the interface")) { Description = "" },
        new("iface-rollback", "go back to how interfaces were at iface-begin", (shell, _) => ChangeAsync(shell, "rollback", "rolled back", "virInterfaceChangeRollback",
            change => change.RollbackAsync(0, default))) { Description = "Takes back what was changed." },
        new("iface-start", "start an interface", Start, card) { Description = "Brings an interface up." },
        new("iface-undefine", "remove an interface", Undefine, card) { Description = "Forgets the definition of an interface." },
    ];

    static async ValueTask<bool> ChangeAsync(ShellSession shell, string verb, string done, string symbol, Func<IInterfaceTransactions, ValueTask> step)
    {
        await Attempt.To($"Failed to {verb} network config change transaction", () => step(shell.Calls.Write<IInterfaceTransactions>(symbol)));
        shell.Out.Extra($"Network config change transaction {done}\n");
        return true;
    }

    static async ValueTask<bool> Define(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = DefinitionCommands.ReadFile(file);
        InterfaceRef made = await Attempt.To($"Failed to define interface from {file}", () => shell.Calls.Write<IInterfaceLifecycle>("virInterfaceDefineXML")
            .DefineAsync(xml, call.Has("validate") ? InterfaceDefineFlags.Validate : InterfaceDefineFlags.None, default));
        shell.Out.Extra($"Interface {made.Name} defined from {file}\n");
        return true;
    }

    static async ValueTask<bool> Start(ShellSession shell, CommandCall call)
    {
        InterfaceRef found = await shell.FindInterfaceAsync(call);
        await Attempt.To($"Failed to start interface {found.Name}", () =>
            shell.Calls.Write<IInterfaceLifecycle>("virInterfaceCreate").CreateAsync(found, 0, default));
        shell.Out.Extra($"Interface {found.Name} started\n");
        return true;
    }

    static async ValueTask<bool> Destroy(ShellSession shell, CommandCall call)
    {
        InterfaceRef found = await shell.FindInterfaceAsync(call);
        await Attempt.To($"Failed to destroy interface {found.Name}", () =>
            shell.Calls.Write<IInterfaceLifecycle>("virInterfaceDestroy").DestroyAsync(found, 0, default));
        shell.Out.Extra($"Interface {found.Name} destroyed\n");
        return true;
    }

    static async ValueTask<bool> Undefine(ShellSession shell, CommandCall call)
    {
        InterfaceRef found = await shell.FindInterfaceAsync(call);
        await Attempt.To($"Failed to undefine interface {found.Name}", () =>
            shell.Calls.Write<IInterfaceLifecycle>("virInterfaceUndefine").UndefineAsync(found, default));
        shell.Out.Extra($"Interface {found.Name} undefined\n");
        return true;
    }

    static async ValueTask<bool> DumpXml(ShellSession shell, CommandCall call)
    {
        InterfaceRef found = await shell.FindInterfaceAsync(call);
        shell.Document(call, await shell.Calls.Read<IInterfaceListing>("virInterfaceGetXMLDesc")
            .GetXmlAsync(found, call.Has("inactive") ? InterfaceXmlFlags.Inactive : InterfaceXmlFlags.None, default));
        return true;
    }

    static async ValueTask<bool> List(ShellSession shell, CommandCall call)
    {
        ListInterfacesFlags flags = call.Has("all") ? ListInterfacesFlags.Active | ListInterfacesFlags.Inactive
            : call.Has("inactive") ? ListInterfacesFlags.Inactive : ListInterfacesFlags.Active;
        IInterfaceListing lists = shell.Calls.Read<IInterfaceListing>("virConnectListAllInterfaces");
        InterfaceRef[] found = await Attempt.To("Failed to list interfaces", () => lists.ListAllAsync(flags, default));
        var table = new TextTable("Name", "State", "MAC Address");
        foreach (InterfaceRef one in found.OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase))
            table.Add(one.Name, await lists.IsActiveAsync(one, default) ? "active" : "inactive", one.Mac);
        shell.Out.Print(table.Render(withHeader: !shell.Settings.Quiet));
        return true;
    }

    static async ValueTask<bool> Mac(ShellSession shell, CommandCall call)
    {
        shell.Out.Line((await shell.FindInterfaceAsync(call, byMac: false)).Mac);
        return true;
    }

    static async ValueTask<bool> Name(ShellSession shell, CommandCall call)
    {
        shell.Out.Line((await shell.FindInterfaceAsync(call, byName: false)).Name);
        return true;
    }
}

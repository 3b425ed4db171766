using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Commands.Domains;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Networks;

/// <summary>Making, starting, stopping and looking at networks.</summary>
static class NetworkCommands
{
    internal static OptionDef Network { get; } = OptionDef.Data("network", "name or uuid of the network");

    public static CommandDef[] All { get; } =
    [
        new("net-autostart", "start a network with the host", Autostart, Network, OptionDef.Flag("disable", "do not start it any more"))
        {
            Description = "Makes a network start with the host, or not.",
        },
        new("net-create", "start a transient network from XML", Create,
            OptionDef.Data("file", "file with the network's XML"), OptionDef.Flag("validate", "check the XML against the schema"))
        {
            Description = "Starts a network that is gone when it stops.",
        },
        new("net-define", "make a persistent network from XML", Define,
            OptionDef.Data("file", "file with the network's XML"), OptionDef.Flag("validate", "check the XML against the schema"))
        {
            Description = "Makes a network, or changes one, without starting it.",
        },
        new("net-destroy", "stop a network", Destroy, Network) { Description = "Stops a network at once." },
        new("net-dumpxml", "print a network's XML", DumpXml, Network, OptionDef.Flag("inactive", "as it is kept, not as it is now"),
            DocumentOutput.XPath, DocumentOutput.Wrap)
        {
            Description = "Prints the network's document.",
        },
        new("net-info", "show a network's state", Info, Network) { Description = "Prints what there is to know about a network in short." },
        new("net-name", "print the name of the network with a uuid", Name, OptionDef.Data("network", "uuid of the network")) { Description = "" },
        new("net-start", "start a defined network", Start, Network) { Description = "Starts a network that is kept." },
        new("net-undefine", "forget a network", Undefine, Network) { Description = "Forgets the definition of a network." },
        new("net-uuid", "print the uuid of the network with a name", UuidOf, OptionDef.Data("network", "name of the network")) { Description = "" },
    ];

    static async ValueTask<bool> Autostart(ShellSession shell, CommandCall call)
    {
        NetworkRef network = await shell.FindNetworkAsync(call);
        bool on = !call.Has("disable");
        await Attempt.To(on ? $"failed to mark network {network.Name} as autostarted" : $"failed to unmark network {network.Name} as autostarted", () =>
            shell.Calls.Write<INetworkLifecycle>("virNetworkSetAutostart").SetAutostartAsync(network, on, default));
        shell.Out.Extra(on ? $"Network {network.Name} marked as autostarted\n" : $"Network {network.Name} unmarked as autostarted\n");
        return true;
    }

    static async ValueTask<bool> Create(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = DefinitionCommands.ReadFile(file);
        NetworkRef network = await Attempt.To($"Failed to create network from {file}", () => call.Has("validate")
            ? shell.Calls.Write<INetworkLifecycle>("virNetworkCreateXMLFlags").CreateTransientAsync(xml, NetworkCreateFlags.Validate, default)
            : shell.Calls.Write<INetworkLifecycle>("virNetworkCreateXML").CreateTransientAsync(xml, default));
        shell.Out.Extra($"Network {network.Name} created from {file}\n");
        return true;
    }

    static async ValueTask<bool> Define(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = DefinitionCommands.ReadFile(file);
        NetworkRef network = await Attempt.To($"Failed to define network from {file}", () => call.Has("validate")
            ? shell.Calls.Write<INetworkLifecycle>("virNetworkDefineXMLFlags").DefineAsync(xml, NetworkDefineFlags.Validate, default)
            : shell.Calls.Write<INetworkLifecycle>("virNetworkDefineXML").DefineAsync(xml, default));
        shell.Out.Extra($"Network {network.Name} defined from {file}\n");
        return true;
    }

    static async ValueTask<bool> Destroy(ShellSession shell, CommandCall call)
    {
        NetworkRef network = await shell.FindNetworkAsync(call);
        await Attempt.To($"Failed to destroy network {network.Name}", () =>
            shell.Calls.Write<INetworkLifecycle>("virNetworkDestroy").DestroyAsync(network, default));
        shell.Out.Extra($"Network {network.Name} destroyed\n");
        return true;
    }

    static async ValueTask<bool> DumpXml(ShellSession shell, CommandCall call)
    {
        NetworkRef network = await shell.FindNetworkAsync(call);
        shell.Document(call, await shell.Calls.Read<INetworkInfo>("virNetworkGetXMLDesc")
            .GetXmlAsync(network, call.Has("inactive") ? NetworkXmlFlags.Inactive : NetworkXmlFlags.None, default));
        return true;
    }

    static async ValueTask<bool> Info(ShellSession shell, CommandCall call)
    {
        NetworkRef network = await shell.FindNetworkAsync(call);
        INetworkInfo about = shell.Calls.Read<INetworkInfo>("virNetworkIsActive");
        Line("Name:", network.Name);
        Line("UUID:", network.Uuid.ToString());
        Line("Active:", await YesNo(about.IsActiveAsync(network, default)));
        Line("Persistent:", await YesNo(about.IsPersistentAsync(network, default)));
        Line("Autostart:", await YesNo(about.GetAutostartAsync(network, default), "no autostart"));
        try
        {
            Line("Bridge:", await about.GetBridgeNameAsync(network, default));
        }
        catch (VireoException)
        {
            // Not every network has one.
        }
        return true;

        void Line(string title, string value) => shell.Out.Line($"{title,-15} {value}");
    }

    static async ValueTask<string> YesNo(ValueTask<bool> asked, string unknown = "unknown")
    {
        try
        {
            return await asked ? "yes" : "no";
        }
        catch (VireoException)
        {
            return unknown;
        }
    }

    static async ValueTask<bool> Name(ShellSession shell, CommandCall call)
    {
        shell.Out.Line((await shell.FindNetworkAsync(call, ObjectNaming.Uuid)).Name);
        return true;
    }

    static async ValueTask<bool> UuidOf(ShellSession shell, CommandCall call)
    {
        shell.Out.Line((await shell.FindNetworkAsync(call, ObjectNaming.Name)).Uuid.ToString());
        return true;
    }

    static async ValueTask<bool> Start(ShellSession shell, CommandCall call)
    {
        NetworkRef network = await shell.FindNetworkAsync(call);
        await Attempt.To($"Failed to start network {network.Name}", () =>
            shell.Calls.Write<INetworkLifecycle>("virNetworkCreate").CreateAsync(network, default));
        shell.Out.Extra($"Network {network.Name} started\n");
        return true;
    }

    static async ValueTask<bool> Undefine(ShellSession shell, CommandCall call)
    {
        NetworkRef network = await shell.FindNetworkAsync(call);
        await Attempt.To($"Failed to undefine network {network.Name}", () =>
            shell.Calls.Write<INetworkLifecycle>("virNetworkUndefine").UndefineAsync(network, default));
        shell.Out.Extra($"Network {network.Name} has been undefined\n");
        return true;
    }
}

using Vireo.Driver;
using Vireo.Shell.Commands.Domains;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Networks;

/// <summary>Changes one section of a network.</summary>
static class NetworkUpdateCommand
{
    static readonly (string Name, Driver.NetworkUpdateCommand Command)[] commands =
    [
        ("modify", Driver.NetworkUpdateCommand.Modify), ("delete", Driver.NetworkUpdateCommand.Delete), ("add-last", Driver.NetworkUpdateCommand.AddLast),
        ("add-first", Driver.NetworkUpdateCommand.AddFirst), ("add", Driver.NetworkUpdateCommand.AddLast),
    ];

    static readonly string[] sections =
    [
        "none", "bridge", "domain", "ip", "ip-dhcp-host", "ip-dhcp-range", "forward", "forward-interface", "forward-pf", "portgroup", "dns-host", "dns-txt", "dns-srv",
    ];

    public static CommandDef[] All { get; } =
    [
        new("net-update", "change one section of a network", Run, NetworkCommands.Network,
            OptionDef.Data("command", "what to do: add-first, add-last (add), delete or modify"),
            OptionDef.Data("section", "which section"),
            OptionDef.Data("xml", "the element, or a file with it"),
            OptionDef.Number("parent-index", "which parent, where there are several"),
            OptionDef.Flag("config", "the network as it is kept"),
            OptionDef.Flag("live", "the network as it is now"),
            OptionDef.Flag("current", "whichever of the two there is now"))
        {
            Description = "Adds, removes or replaces an element of a network.",
            Exclusive = [("current", "live"), ("current", "config")],
        },
    ];

    static async ValueTask<bool> Run(ShellSession shell, CommandCall call)
    {
        NetworkRef network = await shell.FindNetworkAsync(call);
        string word = call.Needed("command"), part = call.Needed("section"), xml = call.Needed("xml");
        int at = Array.FindIndex(commands, one => one.Name == word);
        if (at < 0)
            throw new CommandFailure($"unrecognized command name '{word}'");
        int section = Array.IndexOf(sections, part);
        if (section <= 0)
            throw new CommandFailure($"unrecognized section name '{part}'");
        int parent = call.Number("parent-index") ?? -1;
        // An element begins with its bracket; a file's name does not.
        if (!xml.StartsWith('<'))
            xml = DefinitionCommands.ReadFile(xml);
        bool live = call.Has("live"), config = call.Has("config");
        NetworkUpdateFlags flags = (live ? NetworkUpdateFlags.AffectLive : 0) | (config ? NetworkUpdateFlags.AffectConfig : 0);
        await Attempt.To($"Failed to update network {network.Name}", () => shell.Calls.Write<INetworkLifecycle>("virNetworkUpdate")
            .UpdateAsync(network, commands[at].Command, (NetworkUpdateSection)section, parent, xml, flags, default));
        string what = (live, config) switch
        {
            (true, true) => "persistent config and live state",
            (false, true) => "persistent config",
            (true, false) => "live state",
            _ => await shell.Calls.Read<INetworkInfo>("virNetworkIsActive").IsActiveAsync(network, default) ? "live state" : "persistent config",
        };
        shell.Out.Print($"Updated network {network.Name} {what}");      // the empty line after a command ends it
        return true;
    }
}

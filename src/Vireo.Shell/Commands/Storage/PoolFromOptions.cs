using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Shell.Commands.Domains;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Storage;

/// <summary>Pools made of options, and where pools could be made.</summary>
static class PoolFromOptions
{
    static readonly OptionDef[] parts =
    [
        OptionDef.Data("name", "name of the pool"), OptionDef.Data("type", "type of the pool"), OptionDef.Flag("print-xml", "print the XML, and do nothing"),
        OptionDef.Text("source-host", "server"), OptionDef.Text("source-path", "folder or target on it"), OptionDef.Text("source-dev", "device"),
        OptionDef.Text("source-name", "name of the source"), OptionDef.Text("target", "where it appears on the host"), OptionDef.Text("source-format", "format of the source"),
        OptionDef.Text("auth-type", "kind of login"), OptionDef.Text("auth-username", "who logs in"), OptionDef.Text("secret-usage", "the secret's usage"),
        OptionDef.Text("secret-uuid", "the secret's uuid"), OptionDef.Text("adapter-name", "SCSI adapter"), OptionDef.Text("adapter-wwnn", "node name of a virtual adapter"),
        OptionDef.Text("adapter-wwpn", "port name of a virtual adapter"), OptionDef.Text("adapter-parent", "what the virtual adapter is made on"),
        OptionDef.Text("adapter-parent-wwnn", "the parent's node name"), OptionDef.Text("adapter-parent-wwpn", "the parent's port name"),
        OptionDef.Text("adapter-parent-fabric-wwn", "the parent's fabric"), OptionDef.Text("source-protocol-ver", "version of NFS"), OptionDef.Text("source-initiator", "initiator's IQN"),
    ];

    static readonly string[] sourceParts = ["source-host", "source-path", "source-dev", "source-name", "source-format", "source-initiator", "adapter-name"];

    public static CommandDef[] All { get; } =
    [
        new("pool-create-as", "start a transient pool from options", Create, [.. parts, .. PoolCommands.Building])
        {
            Description = "Starts a pool that is gone when it stops.",
            Exclusive = [("overwrite", "no-overwrite")],
        },
        new("pool-define-as", "make a persistent pool from options", Define, parts) { Description = "Makes a pool without starting it." },
        new("find-storage-pool-sources-as", "find where pools could be made", FindAs,
            OptionDef.Data("type", "type of pool"), OptionDef.Text("host", "server to ask"), OptionDef.Text("port", "its port"), OptionDef.Text("initiator", "initiator's IQN"))
        {
            Description = "Prints a document of sources for pools.",
        },
        new("find-storage-pool-sources", "find where pools could be made", Find, OptionDef.Data("type", "type of pool"), OptionDef.Text("srcSpec", "file with XML that says where to look"))
        {
            Description = "Prints a document of sources for pools.",
        },
        new("pool-capabilities", "print what pools there can be", Capabilities) { Description = "Prints a document of the types of pools." },
    ];

    static async ValueTask<bool> Create(ShellSession shell, CommandCall call)
    {
        string xml = Document(call), name = call.Needed("name");
        if (Printed(shell, call, xml))
            return true;
        StoragePoolRef pool = await Attempt.To($"Failed to create pool {name}", () =>
            shell.Calls.Write<IStoragePoolLifecycle>("virStoragePoolCreateXML").CreateTransientAsync(xml, PoolCommands.CreateFlags(call), default));
        shell.Out.Extra($"Pool {pool.Name} created\n");
        return true;
    }

    static async ValueTask<bool> Define(ShellSession shell, CommandCall call)
    {
        string xml = Document(call), name = call.Needed("name");
        if (Printed(shell, call, xml))
            return true;
        StoragePoolRef pool = await Attempt.To($"Failed to define pool {name}", () =>
            shell.Calls.Write<IStoragePoolLifecycle>("virStoragePoolDefineXML").DefineAsync(xml, StoragePoolDefineFlags.None, default));
        shell.Out.Extra($"Pool {pool.Name} defined\n");
        return true;
    }

    static bool Printed(ShellSession shell, CommandCall call, string xml)
    {
        if (call.Has("print-xml"))
            shell.Out.Print(xml);
        return call.Has("print-xml");
    }

    static string Document(CommandCall call)
    {
        var o = new XmlOutput(new XmlOutputOptions());
        o.Open("pool");
        o.Attribute("type", call.Needed("type"));
        o.TextElement("name", call.Needed("name"));
        if (HasSource(call))
        {
            o.Open("source");
            One(o, "host", "name", call.Text("source-host"));
            One(o, "dir", "path", call.Text("source-path"));
            One(o, "device", "path", call.Text("source-dev"));
            Adapter(o, call);
            if (call.Text("source-initiator") is { } initiator)
            {
                o.Open("initiator");
                One(o, "iqn", "name", initiator);
                o.Close("initiator");
            }
            Login(o, call);
            One(o, "format", "type", call.Text("source-format"));
            o.TextElement("name", call.Text("source-name"));
            One(o, "protocol", "ver", call.Text("source-protocol-ver"));
            o.Close("source");
        }
        if (call.Text("target") is { } target)
        {
            o.Open("target");
            o.TextElement("path", target);
            o.Close("target");
        }
        o.Close("pool");
        return o.ToString();
    }

    static bool HasSource(CommandCall call) =>
        sourceParts.Any(call.Has)
        || call.Has("adapter-wwnn") && call.Has("adapter-wwpn") || HasLogin(call);

    static bool HasLogin(CommandCall call) => call.Has("auth-type") && call.Has("auth-username") && (call.Has("secret-usage") || call.Has("secret-uuid"));

    static void One(XmlOutput o, string element, string attribute, string? value)
    {
        if (value is null)
            return;
        o.Open(element);
        o.Attribute(attribute, value);
        o.Close(element);
    }

    static void Adapter(XmlOutput o, CommandCall call)
    {
        if (call.Text("adapter-wwnn") is { } node && call.Text("adapter-wwpn") is { } port)
        {
            o.Open("adapter");
            o.Attribute("type", "fc_host");
            if (call.Text("adapter-parent") is { } parent)
                o.Attribute("parent", parent);
            else if (call.Text("adapter-parent-wwnn") is { } parentNode && call.Text("adapter-parent-wwpn") is { } parentPort)
            {
                o.Attribute("parent_wwnn", parentNode);
                o.Attribute("parent_wwpn", parentPort);
            }
            else
                o.Attribute("parent_fabric_wwn", call.Text("adapter-parent-fabric-wwn"));
            o.Attribute("wwnn", node);
            o.Attribute("wwpn", port);
            o.Close("adapter");
        }
        else if (call.Text("adapter-name") is { } name)
        {
            o.Open("adapter");
            o.Attribute("type", "scsi_host");
            o.Attribute("name", name);
            o.Close("adapter");
        }
    }

    static void Login(XmlOutput o, CommandCall call)
    {
        if (!HasLogin(call))
            return;
        o.Open("auth");
        o.Attribute("type", call.Needed("auth-type"));
        o.Attribute("username", call.Needed("auth-username"));
        if (call.Text("secret-usage") is { } usage)
            One(o, "secret", "usage", usage);
        else
            One(o, "secret", "uuid", call.Text("secret-uuid"));
        o.Close("auth");
    }

    static async ValueTask<bool> FindAs(ShellSession shell, CommandCall call)
    {
        string? specification = null;
        if (call.Text("host") is { } host)
        {
            var o = new XmlOutput(new XmlOutputOptions());
            o.Open("source");
            o.Open("host");
            o.Attribute("name", host);
            o.Attribute("port", call.Text("port"));
            o.Close("host");
            if (call.Text("initiator") is { } initiator)
            {
                o.Open("initiator");
                One(o, "iqn", "name", initiator);
                o.Close("initiator");
            }
            o.Close("source");
            specification = o.ToString();
        }
        return await PrintSourcesAsync(shell, call.Needed("type"), specification);
    }

    static ValueTask<bool> Find(ShellSession shell, CommandCall call) =>
        PrintSourcesAsync(shell, call.Needed("type"), call.Text("srcSpec") is { } file ? DefinitionCommands.ReadFile(file) : null);

    static async ValueTask<bool> PrintSourcesAsync(ShellSession shell, string type, string? specification)
    {
        shell.Out.Print(await Attempt.To($"Failed to find any {type} pool sources", () =>
            shell.Calls.Write<IStoragePoolSources>("virConnectFindStoragePoolSources").FindSourcesAsync(type, specification, 0, default)));
        return true;
    }

    static async ValueTask<bool> Capabilities(ShellSession shell, CommandCall call)
    {
        shell.Out.Print(await Attempt.To("failed to get storage pool capabilities", () =>
            shell.Calls.Read<IStoragePoolCapabilities>("virConnectGetStoragePoolCapabilities").GetCapabilitiesAsync(0, default)));
        return true;
    }
}

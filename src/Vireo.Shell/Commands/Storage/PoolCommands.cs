using Vireo.Driver;
using Vireo.Shell.Commands.Domains;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Storage;

/// <summary>Making, starting, stopping and looking at storage pools.</summary>
static class PoolCommands
{
    internal static OptionDef Pool { get; } = OptionDef.Data("pool", "name or uuid of the pool");

    internal static OptionDef[] Building { get; } =
    [
        OptionDef.Flag("build", "make what it lies on first"),
        OptionDef.Flag("no-overwrite", "never over what is there"),
        OptionDef.Flag("overwrite", "over whatever is there"),
    ];

    static readonly (string, string)[] oneWay = [("overwrite", "no-overwrite")];

    public static CommandDef[] All { get; } =
    [
        new("pool-autostart", "start a pool with the host", Autostart, Pool, OptionDef.Flag("disable", "do not start it any more")) { Description = "Makes a pool start with the host, or not." },
        new("pool-build", "make what a pool lies on", Build, Pool, Building[1], Building[2]) { Description = "Makes a pool's folder, file system or partition table.", Exclusive = oneWay },
        new("pool-create", "start a transient pool from XML", Create, [OptionDef.Data("file", "file with the pool's XML"), .. Building]) { Description = "Starts a pool that is gone when it stops.", Exclusive = oneWay },
        new("pool-define", "make a persistent pool from XML", Define, OptionDef.Data("file", "file with the pool's XML"), OptionDef.Flag("validate", "check the XML against the schema"))
        {
            Description = "Makes a pool, or changes one, without starting it.",
        },
        new("pool-delete", "delete what a pool lies on", Delete, Pool) { Description = "Deletes what a pool lies on. That cannot be undone." },
        new("pool-destroy", "stop a pool", Destroy, Pool) { Description = "Stops a pool; what it lies on stays." },
        new("pool-dumpxml", "print a pool's XML", DumpXml, Pool, OptionDef.Flag("inactive", "as it is kept, not as it is now"), DocumentOutput.XPath, DocumentOutput.Wrap)
        {
            Description = "Prints the pool's document.",
        },
        new("pool-info", "show a pool's state and size", Info, Pool, OptionDef.Flag("bytes", "sizes in bytes")) { Description = "Prints what there is to know about a pool in short." },
        new("pool-name", "print the name of the pool with a uuid", Name, OptionDef.Data("pool", "uuid of the pool")) { Description = "" },
        new("pool-refresh", "look at a pool's volumes again", Refresh, Pool) { Description = "Looks at a pool's volumes again." },
        new("pool-start", "start a defined pool", Start, [Pool, .. Building]) { Description = "Starts a pool that is kept.", Exclusive = oneWay },
        new("pool-undefine", "forget a pool", Undefine, Pool) { Description = "Forgets the definition of a pool." },
        new("pool-uuid", "print the uuid of the pool with a name", UuidOf, OptionDef.Data("pool", "name of the pool")) { Description = "" },
    ];

    /// <summary>What --build and its companions ask for.</summary>
    internal static StoragePoolCreateFlags CreateFlags(CommandCall call) => (call.Has("build") ? StoragePoolCreateFlags.WithBuild : 0)
        | (call.Has("overwrite") ? StoragePoolCreateFlags.WithBuildOverwrite : 0) | (call.Has("no-overwrite") ? StoragePoolCreateFlags.WithBuildNoOverwrite : 0);

    /// <summary>A change of a pool that is named, with what is said when it failed and when it is done.</summary>
    static async ValueTask<bool> ChangeAsync(
        ShellSession shell, CommandCall call, string verb, string done, string symbol, Func<IStoragePoolLifecycle, StoragePoolRef, ValueTask> change)
    {
        StoragePoolRef pool = await shell.FindPoolAsync(call);
        await Attempt.To($"Failed to {verb} pool {pool.Name}", () => change(shell.Calls.Write<IStoragePoolLifecycle>(symbol), pool));
        shell.Out.Extra($"Pool {pool.Name} {done}\n");
        return true;
    }

    static ValueTask<bool> Build(ShellSession shell, CommandCall call)
    {
        StoragePoolBuildFlags flags = (call.Has("no-overwrite") ? StoragePoolBuildFlags.NoOverwrite : 0) | (call.Has("overwrite") ? StoragePoolBuildFlags.Overwrite : 0);
        return ChangeAsync(shell, call, "build", "built", "virStoragePoolBuild", (pools, pool) => pools.BuildAsync(pool, flags, default));
    }

    static ValueTask<bool> Delete(ShellSession shell, CommandCall call) => ChangeAsync(
        shell, call, "delete", "deleted", "virStoragePoolDelete", static (pools, pool) => pools.DeleteAsync(pool, StoragePoolDeleteFlags.Normal, default));

    static ValueTask<bool> Destroy(ShellSession shell, CommandCall call) => ChangeAsync(
        shell, call, "destroy", "destroyed", "virStoragePoolDestroy", static (pools, pool) => pools.DestroyAsync(pool, default));

    static ValueTask<bool> Refresh(ShellSession shell, CommandCall call) => ChangeAsync(
        shell, call, "refresh", "refreshed", "virStoragePoolRefresh", static (pools, pool) => pools.RefreshAsync(pool, 0, default));

    static ValueTask<bool> Start(ShellSession shell, CommandCall call)
    {
        StoragePoolCreateFlags flags = CreateFlags(call);
        return ChangeAsync(shell, call, "start", "started", "virStoragePoolCreate", (pools, pool) => pools.CreateAsync(pool, flags, default));
    }

    static ValueTask<bool> Undefine(ShellSession shell, CommandCall call) => ChangeAsync(
        shell, call, "undefine", "has been undefined", "virStoragePoolUndefine", static (pools, pool) => pools.UndefineAsync(pool, default));

    static async ValueTask<bool> Autostart(ShellSession shell, CommandCall call)
    {
        StoragePoolRef pool = await shell.FindPoolAsync(call);
        bool on = !call.Has("disable");
        await Attempt.To(on ? $"failed to mark pool {pool.Name} as autostarted" : $"failed to unmark pool {pool.Name} as autostarted", () =>
            shell.Calls.Write<IStoragePoolLifecycle>("virStoragePoolSetAutostart").SetAutostartAsync(pool, on, default));
        shell.Out.Extra(on ? $"Pool {pool.Name} marked as autostarted\n" : $"Pool {pool.Name} unmarked as autostarted\n");
        return true;
    }

    static async ValueTask<bool> Create(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = DefinitionCommands.ReadFile(file);
        StoragePoolRef pool = await Attempt.To($"Failed to create pool from {file}", () =>
            shell.Calls.Write<IStoragePoolLifecycle>("virStoragePoolCreateXML").CreateTransientAsync(xml, CreateFlags(call), default));
        shell.Out.Extra($"Pool {pool.Name} created from {file}\n");
        return true;
    }

    static async ValueTask<bool> Define(ShellSession shell, CommandCall call)
    {
        string file = call.Needed("file"), xml = DefinitionCommands.ReadFile(file);
        StoragePoolRef pool = await Attempt.To($"Failed to define pool from {file}", () => shell.Calls.Write<IStoragePoolLifecycle>("virStoragePoolDefineXML")
            .DefineAsync(xml, call.Has("validate") ? StoragePoolDefineFlags.Validate : StoragePoolDefineFlags.None, default));
        shell.Out.Extra($"Pool {pool.Name} defined from {file}\n");
        return true;
    }

    static async ValueTask<bool> DumpXml(ShellSession shell, CommandCall call)
    {
        StoragePoolRef pool = await shell.FindPoolAsync(call);
        shell.Document(call, await shell.Calls.Read<IStoragePoolInfo>("virStoragePoolGetXMLDesc")
            .GetXmlAsync(pool, call.Has("inactive") ? StorageXmlFlags.Inactive : StorageXmlFlags.None, default));
        return true;
    }

    static async ValueTask<bool> Info(ShellSession shell, CommandCall call)
    {
        StoragePoolRef pool = await shell.FindPoolAsync(call);
        IStoragePoolInfo about = shell.Calls.Read<IStoragePoolInfo>("virStoragePoolGetInfo");
        Line("Name:", pool.Name);
        Line("UUID:", pool.Uuid.ToString());
        StoragePoolInfo info = await about.GetInfoAsync(pool, default);
        Line("State:", StateName(info.State));
        Line("Persistent:", await PoolList.AskAsync(about.IsPersistentAsync(pool, default), "unknown"));
        Line("Autostart:", await PoolList.AskAsync(about.GetAutostartAsync(pool, default), "no autostart"));
        if (info.State is StoragePoolState.Running or StoragePoolState.Degraded)
        {
            Line("Capacity:", Size(info.Capacity));
            Line("Allocation:", Size(info.Allocation));
            Line("Available:", Size(info.Available));
        }
        return true;

        string Size(ulong bytes) => call.Has("bytes") ? $"{bytes}" : Sizes.Pretty(bytes);

        void Line(string title, string value) => shell.Out.Line($"{title,-15} {value}");
    }

    internal static string StateName(StoragePoolState state) => state switch
    {
        StoragePoolState.Inactive => "inactive",
        StoragePoolState.Building => "building",
        StoragePoolState.Running => "running",
        StoragePoolState.Degraded => "degraded",
        StoragePoolState.Inaccessible => "inaccessible",
        _ => "unknown",
    };

    static async ValueTask<bool> Name(ShellSession shell, CommandCall call)
    {
        shell.Out.Line((await shell.FindPoolAsync(call, ObjectNaming.Uuid)).Name);
        return true;
    }

    static async ValueTask<bool> UuidOf(ShellSession shell, CommandCall call)
    {
        shell.Out.Line((await shell.FindPoolAsync(call, ObjectNaming.Name)).Uuid.ToString());
        return true;
    }
}

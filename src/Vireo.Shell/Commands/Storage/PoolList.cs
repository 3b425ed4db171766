using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Storage;

/// <summary>The list of pools, and waiting for what happens to them.</summary>
static class PoolList
{
    static readonly string[] kinds = ["lifecycle", "refresh"];

    static readonly (string Type, ListStoragePoolsFlags Flag)[] types =
    [
        ("dir", ListStoragePoolsFlags.Dir), ("fs", ListStoragePoolsFlags.Fs), ("netfs", ListStoragePoolsFlags.Netfs), ("logical", ListStoragePoolsFlags.Logical),
        ("disk", ListStoragePoolsFlags.Disk), ("iscsi", ListStoragePoolsFlags.Iscsi), ("scsi", ListStoragePoolsFlags.Scsi), ("mpath", ListStoragePoolsFlags.Mpath),
        ("rbd", ListStoragePoolsFlags.Rbd), ("sheepdog", ListStoragePoolsFlags.Sheepdog), ("gluster", ListStoragePoolsFlags.Gluster), ("zfs", ListStoragePoolsFlags.Zfs),
        ("vstorage", ListStoragePoolsFlags.Vstorage), ("iscsi-direct", ListStoragePoolsFlags.IscsiDirect),
    ];

    static readonly (string Option, ListStoragePoolsFlags Flag)[] filters =
    [
        ("autostart", ListStoragePoolsFlags.Autostart), ("no-autostart", ListStoragePoolsFlags.NoAutostart),
        ("persistent", ListStoragePoolsFlags.Persistent), ("transient", ListStoragePoolsFlags.Transient),
    ];

    public static CommandDef[] All { get; } =
    [
        new("pool-list", "list storage pools", List,
            OptionDef.Flag("inactive", "those that are not active"),
            OptionDef.Flag("all", "those that are active and those that are not"),
            OptionDef.Flag("transient", "those without a definition that stays"),
            OptionDef.Flag("persistent", "those with one"),
            OptionDef.Flag("autostart", "those that start with the host"),
            OptionDef.Flag("no-autostart", "those that do not"),
            OptionDef.Text("type", "only those of these types, separated by commas"),
            OptionDef.Flag("details", "also sizes"),
            OptionDef.Flag("uuid", "print uuids"),
            OptionDef.Flag("name", "print names"))
        {
            Description = "Lists the pools that are active, or those that the options ask for.",
            Exclusive = [("all", "inactive"), ("details", "uuid"), ("details", "name")],
        },
        new("pool-event", "wait for pool events", Event,
            EventWait.OptionsAfter(OptionDef.Text("pool", "only of this pool: name or uuid"), OptionDef.Text("event", "the kind of event to wait for")))
        {
            Description = "Prints the kinds of events, or waits for events and prints them.",
        },
    ];

    /// <summary>"yes", "no", or a word for whoever cannot say.</summary>
    internal static async ValueTask<string> AskAsync(ValueTask<bool> asked, string unknown)
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

    static async ValueTask<bool> List(ShellSession shell, CommandCall call)
    {
        ListStoragePoolsFlags flags = call.Has("all") ? ListStoragePoolsFlags.Active | ListStoragePoolsFlags.Inactive
            : call.Has("inactive") ? ListStoragePoolsFlags.Inactive : ListStoragePoolsFlags.Active;
        foreach (var (option, flag) in filters.Where(filter => call.Has(filter.Option)))
            flags |= flag;
        foreach (string type in call.Text("type")?.Split(',') ?? [])
        {
            ListStoragePoolsFlags flag = Array.Find(types, one => one.Type == type).Flag;
            flags |= flag is not 0 ? flag : throw new CommandFailure($"Invalid pool type '{type}'");
        }
        StoragePoolRef[] pools = await Attempt.To("Failed to list pools", () =>
            shell.Calls.Read<IStoragePoolListing>("virConnectListAllStoragePools").ListAllAsync(flags, default));
        IStoragePoolInfo about = shell.Calls.Read<IStoragePoolInfo>("virStoragePoolGetInfo");
        var active = new HashSet<StoragePoolRef>();
        foreach (StoragePoolRef pool in pools)
            if (await about.IsActiveAsync(pool, default))
                active.Add(pool);
        pools = [.. pools.OrderBy(pool => !active.Contains(pool)).ThenBy(pool => pool.Name, StringComparer.OrdinalIgnoreCase)];
        if (call.Has("uuid") || call.Has("name"))
            Words(shell, call, pools);
        else
            await TableAsync(shell, about, pools, active, call.Has("details"));
        return true;
    }

    static void Words(ShellSession shell, CommandCall call, StoragePoolRef[] pools)
    {
        foreach (StoragePoolRef pool in pools)
        {
            shell.Out.Line((call.Has("uuid"), call.Has("name")) switch
            {
                (true, true) => $"{pool.Uuid,-36} {pool.Name,-20}",
                (true, false) => $"{pool.Uuid,-36}",
                _ => $"{pool.Name,-20}",
            });
        }
    }

    static async ValueTask TableAsync(ShellSession shell, IStoragePoolInfo about, StoragePoolRef[] pools, HashSet<StoragePoolRef> active, bool details)
    {
        var table = details
            ? new TextTable("Name", "State", "Autostart", "Persistent", "Capacity", "Allocation", "Available") : new TextTable("Name", "State", "Autostart");
        foreach (StoragePoolRef pool in pools)
        {
            string autostart = await AskAsync(about.GetAutostartAsync(pool, default), "no autostart");
            if (!details)
            {
                table.Add(pool.Name, active.Contains(pool) ? "active" : "inactive", autostart);
                continue;
            }
            StoragePoolInfo info = await about.GetInfoAsync(pool, default);
            bool isUp = info.State is not StoragePoolState.Inactive;
            table.Add(pool.Name, PoolCommands.StateName(info.State), autostart, await AskAsync(about.IsPersistentAsync(pool, default), "unknown"),
                isUp ? Sizes.Pretty(info.Capacity) : "-", isUp ? Sizes.Pretty(info.Allocation) : "-", isUp ? Sizes.Pretty(info.Available) : "-");
        }
        shell.Out.Print(table.Render(withHeader: !shell.Settings.Quiet));
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
        StoragePoolRef? only = call.Has("pool") ? await shell.FindPoolAsync(call) : null;
        return await EventWait.RunAsync<StoragePoolEvent>(shell, call, timeout,
            sink => shell.Calls.Read<IStoragePoolEvents>("virConnectStoragePoolEventRegisterAny").SubscribeAsync((StoragePoolEventId)wanted, only, sink, default),
            raised => $"event '{kinds[(int)raised.Kind]}' for storage pool {raised.Pool.Name}{(raised is StoragePoolLifecycleEvent { Type: var type } ? $": {type}" : "")}");
    }
}

using Vireo.Driver;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Storage;

/// <summary>Looking at volumes, changing and deleting them.</summary>
static class VolumeCommands
{
    static readonly string[] algorithms = ["zero", "nnsa", "dod", "bsi", "gutmann", "schneier", "pfitzner7", "pfitzner33", "random", "trim"];

    public static CommandDef[] All { get; } =
    [
        new("vol-delete", "delete a volume", Delete, VolumeLookup.Volume, VolumeLookup.OfPool, OptionDef.Flag("delete-snapshots", "its snapshots, too")) { Description = "Deletes a volume. That cannot be undone." },
        new("vol-dumpxml", "print a volume's XML", DumpXml, VolumeLookup.Volume, VolumeLookup.OfPool, DocumentOutput.XPath, DocumentOutput.Wrap) { Description = "Prints the volume's document." },
        new("vol-info", "show a volume's type and size", Info, VolumeLookup.Volume, VolumeLookup.OfPool, OptionDef.Flag("bytes", "sizes in bytes"), OptionDef.Flag("physical", "the size of its file instead of what it takes"))
        {
            Description = "Prints what there is to know about a volume in short.",
        },
        new("vol-key", "print a volume's key", Key, VolumeLookup.Volume, VolumeLookup.OfPool) { Description = "" },
        new("vol-list", "list the volumes of a pool", List, PoolCommands.Pool, OptionDef.Flag("details", "also types and sizes")) { Description = "Lists the volumes of a pool." },
        new("vol-name", "print the name of the volume with a key or path", Name, OptionDef.Data("vol", "key or path of the volume")) { Description = "" },
        new("vol-path", "print a volume's path", Path, VolumeLookup.Volume, VolumeLookup.OfPool) { Description = "" },
        new("vol-pool", "print the pool of the volume with a key or path", Pool, OptionDef.Data("vol", "key or path of the volume"), OptionDef.Flag("uuid", "the pool's uuid")) { Description = "Prints the name of a volume's pool." },
        new("vol-resize", "change a volume's capacity", Resize, VolumeLookup.Volume, OptionDef.Data("capacity", "how large it shall be, with a unit"), VolumeLookup.OfPool,
            OptionDef.Flag("allocate", "take the room at once"), OptionDef.Flag("delta", "by so much"), OptionDef.Flag("shrink", "let it become smaller"))
        {
            Description = "Changes the capacity of a volume.",
        },
        new("vol-wipe", "overwrite a volume's content", Wipe, VolumeLookup.Volume, VolumeLookup.OfPool, OptionDef.Text("algorithm", "how")) { Description = "Makes sure that what was in a volume cannot be read." },
    ];

    static async ValueTask<bool> Delete(ShellSession shell, CommandCall call)
    {
        StorageVolumeRef volume = await shell.FindVolumeAsync(call);
        string given = call.Needed("vol");
        StorageVolumeDeleteFlags flags = call.Has("delete-snapshots") ? StorageVolumeDeleteFlags.WithSnapshots : StorageVolumeDeleteFlags.Normal;
        await Attempt.To($"Failed to delete vol {given}", () => shell.Calls.Write<IStorageVolumes>("virStorageVolDelete").DeleteAsync(volume, flags, default));
        shell.Out.Extra($"Vol {given} deleted\n");
        return true;
    }

    static async ValueTask<bool> DumpXml(ShellSession shell, CommandCall call)
    {
        StorageVolumeRef volume = await shell.FindVolumeAsync(call);
        shell.Document(call, await shell.Calls.Read<IStorageVolumeInfo>("virStorageVolGetXMLDesc").GetXmlAsync(volume, 0, default));
        return true;
    }

    static async ValueTask<bool> Info(ShellSession shell, CommandCall call)
    {
        StorageVolumeRef volume = await shell.FindVolumeAsync(call);
        bool physical = call.Has("physical");
        shell.Out.Line($"{"Name:",-15} {volume.Name}");
        StorageVolumeInfo info = physical
            ? await shell.Calls.Read<IStorageVolumeMeasures>("virStorageVolGetInfoFlags").MeasureAsync(volume, StorageVolumeInfoFlags.GetPhysical, default)
            : await shell.Calls.Read<IStorageVolumeInfo>("virStorageVolGetInfo").GetInfoAsync(volume, default);
        shell.Out.Line($"{"Type:",-15} {TypeName(info.Type)}");
        shell.Out.Line($"{"Capacity:",-15} {Size(info.Capacity)}");
        shell.Out.Line($"{(physical ? "Physical:" : "Allocation:"),-15} {Size(info.Allocation)}");
        return true;

        string Size(ulong bytes) => call.Has("bytes") ? $"{bytes} bytes" : Sizes.Pretty(bytes);
    }

    static string TypeName(StorageVolumeType type) => type switch
    {
        StorageVolumeType.File => "file",
        StorageVolumeType.Block => "block",
        StorageVolumeType.Dir => "dir",
        StorageVolumeType.Network => "network",
        StorageVolumeType.Netdir => "netdir",
        StorageVolumeType.Ploop => "ploop",
        _ => "unknown",
    };

    static async ValueTask<bool> List(ShellSession shell, CommandCall call)
    {
        StoragePoolRef pool = await shell.FindPoolAsync(call);
        StorageVolumeRef[] volumes = await Attempt.To("Failed to list volumes", () =>
            shell.Calls.Read<IStorageVolumeLookup>("virStoragePoolListAllVolumes").ListVolumesAsync(pool, 0, default));
        IStorageVolumeInfo about = shell.Calls.Read<IStorageVolumeInfo>("virStorageVolGetPath");
        bool details = call.Has("details");
        var table = details ? new TextTable("Name", "Path", "Type", "Capacity", "Allocation") : new TextTable("Name", "Path");
        foreach (StorageVolumeRef volume in volumes.OrderBy(volume => volume.Name, StringComparer.OrdinalIgnoreCase))
        {
            string path = await about.GetPathAsync(volume, default);
            if (!details)
            {
                table.Add(volume.Name, path);
                continue;
            }
            StorageVolumeInfo info = await about.GetInfoAsync(volume, default);
            table.Add(volume.Name, path, TypeName(info.Type), Sizes.Pretty(info.Capacity), Sizes.Pretty(info.Allocation));
        }
        shell.Out.Print(table.Render(withHeader: !shell.Settings.Quiet));
        return true;
    }

    static async ValueTask<bool> Key(ShellSession shell, CommandCall call)
    {
        shell.Out.Line((await shell.FindVolumeAsync(call)).Key);
        return true;
    }

    static async ValueTask<bool> Name(ShellSession shell, CommandCall call)
    {
        shell.Out.Line((await shell.FindVolumeAsync(call, null)).Name);
        return true;
    }

    static async ValueTask<bool> Path(ShellSession shell, CommandCall call)
    {
        StorageVolumeRef volume = await shell.FindVolumeAsync(call);
        shell.Out.Line(await shell.Calls.Read<IStorageVolumeInfo>("virStorageVolGetPath").GetPathAsync(volume, default));
        return true;
    }

    static async ValueTask<bool> Pool(ShellSession shell, CommandCall call)
    {
        StorageVolumeRef volume = await shell.FindVolumeAsync(call, null);
        StoragePoolRef pool = await Attempt.To($"failed to get parent pool", () =>
            shell.Calls.Read<IStoragePoolLookup>("virStoragePoolLookupByVolume").LookupByVolumeAsync(volume, default));
        shell.Out.Line(call.Has("uuid") ? pool.Uuid.ToString() : pool.Name);
        return true;
    }

    static async ValueTask<bool> Resize(ShellSession shell, CommandCall call)
    {
        StorageVolumeRef volume = await shell.FindVolumeAsync(call);
        bool delta = call.Has("delta"), shrink = call.Has("shrink");
        string given = call.Needed("capacity");
        bool less = given.StartsWith('-');
        if (less && !shrink)
            throw new CommandFailure("negative size requires --shrink");
        // A size of less than nothing can only be a difference.
        (given, delta) = less ? (given[1..], true) : (given, delta);
        ulong capacity = Sizes.Needed(given);
        StorageVolumeResizeFlags flags = (call.Has("allocate") ? StorageVolumeResizeFlags.Allocate : 0)
            | (delta ? StorageVolumeResizeFlags.Delta : 0) | (shrink ? StorageVolumeResizeFlags.Shrink : 0);
        await Attempt.To($"Failed to change size of volume '{volume.Name}' {(delta ? "by" : "to")} {given}", () =>
            shell.Calls.Write<IStorageVolumeResizing>("virStorageVolResize").ResizeAsync(volume, capacity, flags, default));
        shell.Out.Extra($"Size of volume '{volume.Name}' successfully changed {(delta ? "by" : "to")} {given}\n");
        return true;
    }

    static async ValueTask<bool> Wipe(ShellSession shell, CommandCall call)
    {
        StorageVolumeRef volume = await shell.FindVolumeAsync(call);
        string? word = call.Text("algorithm");
        int algorithm = word is null ? 0 : Array.IndexOf(algorithms, word);
        if (algorithm < 0)
            throw new CommandFailure($"Unsupported algorithm '{word}'");
        await Attempt.To($"Failed to wipe vol {volume.Name}", () => word is null
            ? shell.Calls.Write<IStorageVolumeWipe>("virStorageVolWipe").WipeAsync(volume, 0, default)
            : shell.Calls.Write<IStorageVolumeWipePatterns>("virStorageVolWipePattern").WipeAsync(volume, (StorageVolumeWipeAlgorithm)algorithm, 0, default));
        shell.Out.Extra($"Vol {volume.Name} wiped\n");
        return true;
    }
}

using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Commands.Objects;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Storage;

/// <summary>Finds the volume that an option names: by its name in a pool that is given, else by key, then by path.</summary>
static class VolumeLookup
{
    public static OptionDef Volume { get; } = OptionDef.Data("vol", "name, key or path of the volume");

    public static OptionDef OfPool { get; } = OptionDef.Text("pool", "name or uuid of its pool");

    /// <param name="shell">The session.</param>
    /// <param name="call">The command.</param>
    /// <param name="poolOption">The option that names the pool; null: there is none.</param>
    public static async ValueTask<StorageVolumeRef> FindVolumeAsync(this ShellSession shell, CommandCall call, string? poolOption = "pool")
    {
        string given = call.Needed("vol");
        StoragePoolRef? pool = null;
        if (poolOption is not null && call.Has(poolOption))
        {
            StoragePoolRef found = await shell.FindPoolAsync(call, option: poolOption);
            if (!await shell.Calls.Read<IStoragePoolInfo>("virStoragePoolIsActive").IsActiveAsync(found, default))
                throw new CommandFailure($"pool '{call.Text(poolOption)}' is not active");
            pool = found;
        }
        string hint = pool is null && poolOption is not null ? $", specifying --{poolOption} might help" : "";
        StorageVolumeRef volume = await FindAsync(shell, pool, given, $"failed to get vol '{given}'{hint}");
        return pool is { } where && volume.Pool != where.Name
            ? throw new CommandFailure($"Requested volume '{given}' is not in pool '{where.Name}'") : volume;
    }

    /// <summary>A volume by name, key or path.</summary>
    public static async ValueTask<StorageVolumeRef> FindAsync(ShellSession shell, StoragePoolRef? pool, string given, string complaint)
    {
        IStorageVolumeLookup lookup = shell.Calls.Read<IStorageVolumeLookup>("virStorageVolLookupByName");
        VireoException? said = null;
        foreach (Func<ValueTask<StorageVolumeRef>> way in (Func<ValueTask<StorageVolumeRef>>[])
        [
            .. pool is { } known ? [() => lookup.LookupByNameAsync(known, given, default)] : (Func<ValueTask<StorageVolumeRef>>[])[],
            () => lookup.LookupByKeyAsync(given, default),
            () => lookup.LookupByPathAsync(given, default),
        ])
        {
            try
            {
                return await way();
            }
            catch (VireoException failure)
            {
                said = failure;         // the next way of naming it gets its turn
            }
        }
        throw new CommandFailure(complaint, said);
    }
}

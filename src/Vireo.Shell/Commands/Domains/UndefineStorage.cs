using System.Xml.XPath;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Commands.Domains;

/// <summary>The volumes that go with a domain.</summary>
sealed class UndefineStorage
{
    readonly List<(string Target, string Source, StorageVolumeRef Volume)> volumes = [];

    public static UndefineStorage Nothing { get; } = new();

    /// <summary>Finds the volumes while the domain is still there to be asked.</summary>
    public static async ValueTask<UndefineStorage> PlanAsync(ShellSession shell, CommandCall call, DomainRef domain)
    {
        if (domain.Id >= 0)
            throw new CommandFailure("Storage volume deletion is supported only on stopped domains");
        if (call.Has("storage") && call.Has("remove-all-storage"))
            throw new CommandFailure("Specified both --storage and --remove-all-storage");
        var plan = new UndefineStorage();
        List<string> asked = [.. call.Text("storage")?.Split(',') ?? []];
        bool all = asked.Count is 0;
        string xml = await shell.Calls.Read<IDomainInfo>("virDomainGetXMLDesc").GetXmlAsync(domain, DomainXmlFlags.Inactive, default);
        foreach (XPathNavigator disk in XmlQuery.Open(xml).Select("/domain/devices/disk"))
        {
            string target = disk.Text("target/@dev") ?? "";
            string? source = disk.Text("source/@file | source/@dev | source/@dir | source/@name");
            if (source is null || !all && asked.RemoveAll(name => name == target || name == source) is 0)
                continue;
            if (await FindAsync(shell, source) is { } volume)
                plan.volumes.Add((target, source, volume));
            else
                shell.Out.Error($"Storage volume '{target}'({source}) is not managed by libvirt. Remove it manually.\n");
        }
        return asked is [] ? plan
            : throw new CommandFailure($"Volume '{asked[0]}' was not found in domain's definition.\n");
    }

    static async ValueTask<StorageVolumeRef?> FindAsync(ShellSession shell, string path)
    {
        try
        {
            return await shell.Calls.Read<IStorageVolumeLookup>("virStorageVolLookupByPath").LookupByPathAsync(path, default);
        }
        catch (VireoException)
        {
            return null;
        }
    }

    /// <summary>False: one at least is still there.</summary>
    public async ValueTask<bool> RemoveAsync(ShellSession shell, CommandCall call)
    {
        bool good = true;
        foreach (var (target, source, volume) in volumes)
        {
            try
            {
                if (call.Has("wipe-storage"))
                    throw VireoException.NoSupport("virStorageVolWipe");
                var flags = call.Has("delete-storage-volume-snapshots") ? StorageVolumeDeleteFlags.WithSnapshots : 0;
                await shell.Calls.Write<IStorageVolumes>("virStorageVolDelete").DeleteAsync(volume, flags, default);
                shell.Out.Extra($"Volume '{target}'({source}) removed.\n");
            }
            catch (VireoException failure)
            {
                shell.Report(new CommandFailure($"Failed to remove storage volume '{target}'({source})", failure));
                good = false;
            }
        }
        return good;
    }
}

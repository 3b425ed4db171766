namespace Vireo.Drivers.Qemu.Definition.Firmware;

/// <summary>
/// The descriptors of a host. Three folders hold them: the distribution's, the administrator's and, for a session's daemon, the
/// user's. A file hides those of its name in the folders before; an empty one only hides. They are tried in the order of their
/// names, whatever the folder.
/// </summary>
/// <param name="list">The names of the files in a folder; none if there is no such folder.</param>
/// <param name="read">A file's content.</param>
public sealed class DescriptorFolders(Func<string, IEnumerable<string>> list, Func<string, string> read)
{
    /// <summary>The folders of a kind of descriptors, the distribution's first.</summary>
    /// <param name="kind">firmware or vhost-user.</param>
    /// <param name="userConfig">The user's folder of settings ($XDG_CONFIG_HOME); null for the system's daemon.</param>
    public static IReadOnlyList<string> Standard(string kind, string? userConfig) => userConfig is null
        ? [$"/usr/share/qemu/{kind}", $"/etc/qemu/{kind}"]
        : [$"/usr/share/qemu/{kind}", $"/etc/qemu/{kind}", $"{userConfig}/qemu/{kind}"];

    /// <summary>Paths of the descriptors that count, in the order in which they are tried.</summary>
    public IReadOnlyList<string> Paths(IReadOnlyList<string> folders)
    {
        var winners = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in folders)
            foreach (string name in list(folder))
                if (name.EndsWith(".json", StringComparison.Ordinal) && name[0] != '.')
                    winners[name] = $"{folder}/{name}";
        return [.. winners.Values.Where(path => read(path).Length > 0)];
    }

    /// <summary>The firmware descriptors of those paths; <paramref name="broken"/> is told of files that are none.</summary>
    public IReadOnlyList<FirmwareDescriptor> Firmwares(IReadOnlyList<string> folders, Action<string, Exception> broken)
    {
        var found = new List<FirmwareDescriptor>();
        foreach (string path in Paths(folders))
            try
            {
                found.Add(FirmwareDescriptor.Parse(read(path)));
            }
            catch (Core.Errors.VireoException wrong)
            {
                broken(path, wrong);
            }
        return found;
    }

    /// <summary>The folders of this host.</summary>
    public static DescriptorFolders OfHost() => new(
        static folder => Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(static path => Path.GetFileName(path)) : [],
        static path => File.Exists(path) ? File.ReadAllText(path) : "");
}

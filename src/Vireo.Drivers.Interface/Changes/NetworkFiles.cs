using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Drivers.Interface.Changes;

/// <summary>A file and its permissions.</summary>
sealed record NetworkFile(byte[] Content, int Mode);

/// <summary>The files in which a host's administrator says what its network is: those of ifupdown, netplan and NetworkManager.</summary>
/// <param name="root">What stands before /etc; empty on a real host.</param>
sealed class NetworkFiles(string root)
{
    const int Most = 16 << 20, Permissions = 0x1ff;

    internal const string Ifupdown = "/etc/network", Netplan = "/etc/netplan", NetworkManager = "/etc/NetworkManager/system-connections";

    static readonly (string Folder, string Files)[] places = [(Ifupdown, "interfaces"), (Ifupdown + "/interfaces.d", "*"), (Netplan, "*.yaml"), (NetworkManager, "*")];

    /// <summary>Somebody has said something.</summary>
    public bool AreThere => places.Any(place => Directory.Exists(root + place.Folder));

    /// <summary>All of them, by path. Links are whatever they lead to: they stay as they are.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.OperationFailed"/>: they are more than files of settings can be.</exception>
    public SortedDictionary<string, NetworkFile> Read()
    {
        var all = new SortedDictionary<string, NetworkFile>(StringComparer.Ordinal);
        long length = 0;
        foreach ((string folder, string files) in places.Where(place => Directory.Exists(root + place.Folder)))
        {
            foreach (string file in Directory.EnumerateFiles(root + folder, files))
            {
                if (FileStatus.Find(file, out _) is not { Kind: FileKind.Regular } status || File.ResolveLinkTarget(file, returnFinalTarget: false) is not null)
                    continue;
                length += (long)Math.Min(status.Size, Most + 1);
                if (length > Most)
                    throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Interface, $"the files of the host's network have more than {Most} bytes");
                all[file[root.Length..]] = new NetworkFile(File.ReadAllBytes(file), (int)status.Permissions & Permissions);
            }
        }
        return all;
    }

    /// <summary>Makes them what they were: others are deleted. One that did not change is not written.</summary>
    public void Restore(SortedDictionary<string, NetworkFile> wanted)
    {
        SortedDictionary<string, NetworkFile> now = Read();
        foreach (string path in now.Keys.Where(path => !wanted.ContainsKey(path)))
            _ = AtomicFile.Delete(root + path);
        foreach ((string path, NetworkFile file) in wanted)
        {
            if (now.TryGetValue(path, out NetworkFile? there) && Same(there, file))
                continue;
            AtomicFile.MakeFolder(Path.GetDirectoryName(root + path)!);
            AtomicFile.Write(root + path, file.Content, file.Mode);
            _ = FileOwner.Permit(root + path, file.Mode);
        }
    }

    /// <summary>Whether nothing differs.</summary>
    public static bool Same(NetworkFile one, NetworkFile other) => one.Mode == other.Mode && one.Content.AsSpan().SequenceEqual(other.Content);
}

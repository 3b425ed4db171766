using System.Globalization;
using Vireo.Core.Errors;

namespace Vireo.Host.Files;

/// <summary>
/// The /dev of a process that sees one of its own, as guests do that libvirtd started (<c>namespaces = [ "mount" ]</c> of qemu.conf): a device that comes later has to be
/// made there as well. The kernel leads there by /proc; nobody has to enter the namespace.
/// </summary>
/// <param name="pid">The process.</param>
public sealed class PrivateDevices(int pid)
{
    const string Devices = "/dev/";
    const int LongestChain = 20;

    /// <summary>Makes a node there like the host's, with the links that lead to it. What is not below /dev, what is no node and what is there already stays as it is.</summary>
    /// <param name="path">The host's path.</param>
    /// <param name="owner">Whose it is there.</param>
    /// <exception cref="VireoException">VIR_ERR_SYSTEM_ERROR: it cannot be made.</exception>
    public void Show(string path, Ids owner)
    {
        foreach ((string one, string? target) in Way(path))
            if (FileStatus.Find(There(one), out _, followLinks: false) is not null)
                continue;
            else if (target is null)
                MakeNode(one, owner);
            else
            {
                MakeFolder(one);
                Check(LibC.symlink(target, There(one)), one);
            }
    }

    /// <summary>Takes a node away, with the links that lead to it.</summary>
    public void Hide(string path)
    {
        foreach ((string one, _) in Way(path))
            if (FileStatus.Find(There(one), out _, followLinks: false) is { Kind: FileKind.Block or FileKind.Character or FileKind.Link })
                _ = HostFile.Remove(There(one));
    }

    // The path, and what it links to in turn, up to what is no link.
    static IEnumerable<(string Path, string? Target)> Way(string path)
    {
        for (int links = 0; path.StartsWith(Devices, StringComparison.Ordinal) && links < LongestChain; links++)
        {
            string? target = new FileInfo(path).LinkTarget;
            yield return (path, target);
            if (target is null)
                break;
            path = Path.GetFullPath(target, Path.GetDirectoryName(path)!);
        }
    }

    void MakeNode(string path, Ids owner)
    {
        if (FileOwner.FindNode(path) is not { } node)
            return;
        MakeFolder(path);
        Check(LibC.mknod(There(path), (node.IsBlock ? 0x6000u : 0x2000u) | 0x180, Number(node.Major, node.Minor)), path);
        int errno = FileOwner.Give(There(path), owner);
        if (errno != 0)
            throw Failed(path, errno);
    }

    void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(There(path))!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, LibC.EACCES);
        }
    }

    // As glibc's makedev lays it out.
    static ulong Number(uint major, uint minor) => (minor & 0xff) | ((major & 0xfffUL) << 8) | ((ulong)(minor & ~0xffu) << 12) | ((ulong)(major & ~0xfffu) << 32);

    string There(string path) => string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/root{path}");

    static void Check(int result, string path)
    {
        if (result < 0)
            throw Failed(path, LibC.Errno);
    }

    static VireoException Failed(string path, int errno) => VireoException.System(ErrorDomain.Qemu, errno, $"Unable to create device '{path}' for the guest");
}

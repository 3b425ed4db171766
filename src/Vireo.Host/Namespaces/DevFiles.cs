using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Host.Namespaces;

/// <summary>Files of /dev, and how they are made and removed in the /dev that a process has for itself.</summary>
static unsafe class DevFiles
{
    const int NoFollow = 0x100, Exists = 17, NoEntry = 2, IsFolder = 21, NotEmpty = 39;
    const int NotSupported = 95;
    const string AclAttribute = "system.posix_acl_access", LabelAttribute = "security.selinux";

    /// <summary>What is at a path, a link itself; null: nothing.</summary>
    public static DevEntry? Find(string path)
    {
        byte* facts = stackalloc byte[256];
        if (LibC.statx(-100, path, NoFollow, 0x1b, facts) < 0)
            return null;
        var entry = new DevEntry(path, *(ushort*)(facts + 28), *(uint*)(facts + 20), *(uint*)(facts + 24));
        return entry.IsNode ? entry with { Major = *(uint*)(facts + 128), Minor = *(uint*)(facts + 132), Acl = AclOf(path), Label = FileOwner.Attribute(path, LabelAttribute, out _)?.TrimEnd('\0') } : entry;
    }

    /// <summary>What a link says; null: it is none.</summary>
    public static string? Target(string path) => new FileInfo(path).LinkTarget;

    /// <summary>Makes a link or a node in another /dev; one that is there already is made what it should be.</summary>
    /// <exception cref="VireoException">The kernel refuses.</exception>
    public static void Make(string dev, DevEntry entry)
    {
        MakeFolders(dev, entry.Path);
        string at = At(dev, entry.Path);
        if (entry.IsLink)
        {
            if (Target(at) == entry.Target)
                return;
            Check(LibC.symlink(entry.Target, at), entry.Path, "create symbolic link");
            return;
        }
        if (LibC.mknod(at, entry.Mode, Device(entry.Major, entry.Minor)) < 0)
        {
            if (LibC.Errno is not Exists and var errno)
                throw VireoException.System(ErrorDomain.None, errno, $"Unable to create device {entry.Path}");
            if (Find(at) is not { IsNode: true } there || (there.Major, there.Minor) != (entry.Major, entry.Minor))
            {
                Check(LibC.unlink(at), entry.Path, "replace");
                Check(LibC.mknod(at, entry.Mode, Device(entry.Major, entry.Minor)), entry.Path, "create device");
            }
        }
        Check(LibC.lchown(at, entry.User, entry.Group), entry.Path, "change owner of");
        Check(LibC.chmod(at, entry.Mode & 0xfff), entry.Path, "set permissions of");
        fixed (byte* acl = entry.Acl)
            if (entry.Acl.Length > 0)
                Check(LibC.setxattr(at, AclAttribute, acl, (nuint)entry.Acl.Length, 0), entry.Path, "set access list of");
        if (entry.Label is { } label && FileOwner.SetAttribute(at, LabelAttribute, label + '\0') is not (0 or NotSupported) and var refused)
            throw VireoException.System(ErrorDomain.None, refused, $"Unable to set SELinux label on {entry.Path}");
    }

    /// <summary>Makes an empty file or folder for what is mounted there.</summary>
    /// <exception cref="VireoException">The kernel refuses.</exception>
    public static void MakePlace(string dev, DevEntry entry)
    {
        MakeFolders(dev, entry.Path);
        Check(entry.IsFolder ? LibC.mkdir(At(dev, entry.Path), 0x1ed) : LibC.mknod(At(dev, entry.Path), 0x8180, 0), entry.Path, "create");
    }

    /// <summary>Removes a link or a node, and folders that are empty then.</summary>
    public static void Remove(string dev, DevEntry entry)
    {
        if (LibC.unlink(At(dev, entry.Path)) < 0 && LibC.Errno is not (NoEntry or IsFolder))
            return;
        for (string folder = Above(entry.Path); folder.Length > "/dev".Length; folder = Above(folder))
            if (LibC.rmdir(At(dev, folder)) < 0)
                return;
    }

    /// <summary>The number of a device as the kernel takes it.</summary>
    public static ulong Device(uint major, uint minor) =>
        (minor & 0xffu) | ((major & 0xfffu) << 8) | ((ulong)(minor & ~0xffu) << 12) | ((ulong)(major & ~0xfffu) << 32);

    static void MakeFolders(string dev, string path)
    {
        string folder = Above(path);
        if (folder.Length <= "/dev".Length || Find(At(dev, folder)) is { IsFolder: true })
            return;
        MakeFolders(dev, folder);
        Check(LibC.mkdir(At(dev, folder), 0x1ed), folder, "create folder");
        Check(LibC.chmod(At(dev, folder), 0x1ed), folder, "set permissions of");
    }

    static string At(string dev, string path) => string.Concat(dev, path.AsSpan("/dev".Length));

    static string Above(string path) => path[..path.LastIndexOf('/')];

    static byte[] AclOf(string path)
    {
        byte* value = stackalloc byte[4096];
        nint length = LibC.getxattr(path, AclAttribute, value, 4096);
        return length > 0 ? new ReadOnlySpan<byte>(value, (int)length).ToArray() : [];
    }

    static void Check(int result, string path, string what)
    {
        if (result < 0)
            throw VireoException.System(ErrorDomain.None, LibC.Errno, $"Unable to {what} {path}");
    }
}

using Vireo.Drivers.Qemu.Machine;
using Vireo.Host;
using Vireo.Host.Files;

namespace Vireo.Drivers.Qemu.Security;

/// <summary>The driver's folders, with libvirt's owners and permissions: guests get into those that they need, and into no other.</summary>
static class StateFolders
{
    const int Everybody = 0x1ed, Passing = 0x1c9, GroupOnly = 0x1e8, GroupWrites = 0x1f8;

    /// <summary>Makes those that are missing, and gives guests theirs.</summary>
    internal static void Make(HostPaths host, DriverPaths paths, QemuSecurity security)
    {
        foreach (string folder in new[] { paths.StateDir, paths.ConfigDir, paths.LogDir }) AtomicFile.MakeFolder(folder, Everybody);
        MakeOne(paths.CacheDir, Passing);
        MakeOne(paths.LibDir, GroupOnly);
        MakeOne(Path.GetDirectoryName(paths.ChannelTargetDir)!, GroupOnly);
        MakeOne(paths.ChannelTargetDir, GroupOnly);
        string[] own =
        [
            paths.SaveDir, paths.SnapshotDir, paths.CheckpointDir, paths.DumpDir, paths.NvramDir, paths.MemoryBackingDir, paths.SlirpStateDir, paths.PasstStateDir,
        ];
        foreach (string folder in own) MakeOne(folder, Everybody);
        MakeOne(paths.DbusStateDir, GroupWrites);
        if (security.Guests is not { } guests) return;
        foreach (string folder in own.Append(paths.DbusStateDir).Append(paths.LibDir).Append(paths.ChannelTargetDir)
            .Append(Path.GetDirectoryName(paths.ChannelTargetDir)!))
            GiveFolder(folder, guests);
        if (host.Root is { } root) LetThrough(root, guests, security.Tpms?.User);
    }

    /// <summary>Makes a folder that belongs to a guest.</summary>
    internal static void MakeFor(string folder, Ids? owner)
    {
        MakeOne(folder, GroupOnly);
        if (owner is { } ids) GiveFolder(folder, ids);
    }

    internal static void MakeOne(string folder, int mode)
    {
        if (Directory.Exists(folder)) return;
        if (Path.GetDirectoryName(folder) is { Length: > 0 } above) AtomicFile.MakeFolder(above);
        AtomicFile.MakeFolder(folder, mode);
        _ = FileOwner.Permit(folder, mode);      // whatever our umask is
    }

    internal static void GiveFolder(string folder, Ids ids)
    {
        if (FileOwner.Find(folder, out _) is { } facts && facts.Owner == ids) return;
        int errno = FileOwner.Give(folder, ids);
        if (errno != 0)
            throw Vireo.Core.Errors.VireoException.System(Vireo.Core.Errors.ErrorDomain.Qemu, errno, $"unable to set ownership of '{folder}' to {ids.User}:{ids.Group}");
    }

    // A root of a daemon's own is often private to its user. Guests and their TPMs only pass through, and nobody else.
    static void LetThrough(string root, Ids guests, uint? tpms)
    {
        if (FileOwner.Find(root, out _) is not { } facts || (facts.Mode & 1) != 0) return;
        if (FolderAccess.LetPass(root, tpms is { } user ? [guests.User, user] : [guests.User]) || facts.Owner.User == guests.User) return;
        // Without access lists: by the guests' group.
        if (facts.Owner.Group != guests.Group && FileOwner.Give(root, new Ids(facts.Owner.User, guests.Group)) != 0) return;
        _ = FileOwner.Permit(root, (facts.Mode & 0xfff & ~0x38) | 0x8);
    }
}

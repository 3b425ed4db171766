using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>
/// Opened files that clients have given to machines by the names of groups, for disks with <c>fdgroup</c>. They stay as long as the client does:
/// a machine that runs has its own by then.
/// </summary>
sealed class GivenFiles
{
    sealed record Group(object Giver, SafeFileHandle[] Files);

    readonly Lock gate = new();
    readonly Dictionary<(QemuMachine Machine, string Name), Group> groups = new(ByMachine.Instance);

    /// <summary>Keeps a group, in the place of one of the same name.</summary>
    /// <param name="machine">Whose disks may use it.</param>
    /// <param name="name">What their definitions call it.</param>
    /// <param name="giver">Who takes it along when it goes.</param>
    /// <param name="files">The files, which are closed here.</param>
    internal void Put(QemuMachine machine, string name, object giver, SafeFileHandle[] files)
    {
        Group? before;
        lock (gate)
        {
            groups.Remove((machine, name), out before);
            groups.Add((machine, name), new(giver, files));
        }
        Close(before);
    }

    /// <summary>Lets go of what a client gave.</summary>
    internal void Leave(object giver)
    {
        List<Group> gone = [];
        lock (gate)
            foreach (var (key, group) in groups.Where(one => one.Value.Giver == giver).ToList())
            {
                groups.Remove(key);
                gone.Add(group);
            }
        gone.ForEach(Close);
    }

    /// <summary>How many files a group has; 0: nobody gave it.</summary>
    internal int Count(QemuMachine machine, string name)
    {
        lock (gate)
            return groups.TryGetValue((machine, name), out Group? group) ? group.Files.Length : 0;
    }

    /// <summary>How many files a group has.</summary>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG: nobody gave it.</exception>
    internal int Need(QemuMachine machine, string name) => Count(machine, name) is > 0 and var count ? count : throw Missing(name);

    /// <summary>Refuses a disk whose files nobody gave.</summary>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG.</exception>
    internal void Check(QemuMachine machine, Disk disk)
    {
        if (disk.Source is DiskSource.OfFile { FdGroup: { } top })
            Need(machine, top);
        for (BackingStore? below = disk.BackingStore; below is not null; below = below.Next)
            if (below.Source is DiskSource.OfFile { FdGroup: { } group })
                Need(machine, group);
    }

    /// <summary>A file of a group, for the caller to close.</summary>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG: it is gone. VIR_ERR_SYSTEM_ERROR: there are too many open files.</exception>
    internal SafeFileHandle Take(QemuMachine machine, string name, int number)
    {
        lock (gate)
        {
            if (!groups.TryGetValue((machine, name), out Group? group) || number >= group.Files.Length)
                throw Missing(name);
            return HostFile.TryDuplicate(group.Files[number], out int errno)
                ?? throw VireoException.System(ErrorDomain.Qemu, errno, $"Unable to duplicate a file of the group '{name}'");
        }
    }

    static VireoException Missing(string name) =>
        new(ErrorCode.InvalidArg, ErrorDomain.Qemu, $"file descriptor group '{name}' was not associated with the domain");

    static void Close(Group? group)
    {
        foreach (SafeFileHandle file in group?.Files ?? [])
            file.Dispose();
    }

    // A machine that was defined anew is another one, whatever its uuid.
    sealed class ByMachine : IEqualityComparer<(QemuMachine Machine, string Name)>
    {
        internal static readonly ByMachine Instance = new();

        public bool Equals((QemuMachine Machine, string Name) x, (QemuMachine Machine, string Name) y) => x.Machine == y.Machine && x.Name == y.Name;

        public int GetHashCode((QemuMachine Machine, string Name) key) => HashCode.Combine(RuntimeHelpers.GetHashCode(key.Machine), key.Name.GetHashCode(StringComparison.Ordinal));
    }
}

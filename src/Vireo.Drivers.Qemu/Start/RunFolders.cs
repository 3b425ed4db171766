using System.Security.Cryptography;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Start.Tpm;
using Vireo.Host.Files;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>The folders of one run.</summary>
static class RunFolders
{
    /// <param name="places">The places.</param>
    /// <param name="owner">As whom the guest runs; null: as the daemon.</param>
    /// <param name="key">The run's key.</param>
    internal static void Make(RunPlaces places, Ids? owner, MasterKey key)
    {
        Remove(places); // of a run that a crash left, with the same id
        StateFolders.MakeFor(places.Folder, owner);
        StateFolders.MakeFor(places.ChannelFolder, owner);
        AtomicFile.Write(places.MasterKey, key.Bytes.ToArray(), durable: false);
        if (owner is { } ids && FileOwner.Give(places.MasterKey, ids) is not 0 and var errno)
            throw VireoException.System(ErrorDomain.Qemu, errno, $"unable to set ownership of '{places.MasterKey}' to {ids.User}:{ids.Group}");
    }

    internal static void Remove(RunPlaces places)
    {
        Delete(places.Folder);
        Delete(places.ChannelFolder);
    }

    /// <summary>What the TPM of a machine without a definition remembers goes with its run, unless it shall be kept; what went along to another host is not left in two places.</summary>
    internal static void DeleteTpm(QemuKeeper keeper, QemuMachine machine, DomainShutoffReason why)
    {
        if (!machine.Snapshot.IsPersistent && TpmEmulator.IsForgotten(machine.Snapshot.Live, isElsewhere: why is DomainShutoffReason.Migrated)) Delete(TpmEmulator.StorageOf(keeper.Paths, machine.Uuid));
    }

    internal static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already.
        }
    }
}

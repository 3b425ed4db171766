using System.Security.Cryptography;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Security;
using Vireo.Drivers.Qemu.Start.Tpm;
using Vireo.Host.Files;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>The folders of one run.</summary>
static class RunFolders
{
    internal static void Make(StartRun run)
    {
        RunPlaces places = run.Places;
        Ids? owner = run.Keeper.Security.ProcessOf(run.Live);
        Remove(places); // of a run that a crash left, with the same id
        StateFolders.MakeFor(places.Folder, owner);
        StateFolders.MakeFor(places.ChannelFolder, owner);
        AtomicFile.Write(places.MasterKey, run.Key.Bytes.ToArray(), durable: false);
        run.Keeper.Security.GiveOwn(run.Live, places.MasterKey);
        run.Keeper.Security.Confinement?.LabelOwn(run.Live, places.Folder);
        run.Keeper.Security.Confinement?.LabelOwn(run.Live, places.ChannelFolder);
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

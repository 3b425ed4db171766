using System.Security.Cryptography;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>The folders of one run.</summary>
static class RunFolders
{
    internal static void Make(RunPlaces places)
    {
        Remove(places); // of a run that a crash left, with the same id
        AtomicFile.MakeFolder(places.Folder, 0x1e8);
        AtomicFile.MakeFolder(places.ChannelFolder, 0x1e8);
        AtomicFile.Write(places.MasterKey, RandomNumberGenerator.GetBytes(32), durable: false);
    }

    internal static void Remove(RunPlaces places)
    {
        Delete(places.Folder);
        Delete(places.ChannelFolder);
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

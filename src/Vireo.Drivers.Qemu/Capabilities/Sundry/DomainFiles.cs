using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>
/// Files that a client opened for disks with <c>fdgroup</c>. Their owners are not changed, whatever the flags say: who has a descriptor needs no right to the file.
/// </summary>
sealed class DomainFiles(QemuConnection connection) : IDomainFiles
{
    public ValueTask AssociateFilesAsync(DomainRef domain, string name, DomainFilesFlags flags, SafeFileHandle[] files, CancellationToken cancel)
    {
        bool kept = false;
        try
        {
            flags.Only(DomainFilesFlags.RestoreLabel | DomainFilesFlags.WritableLabel, "qemuDomainFDAssociate");
            if (files.Length == 0)
                throw VireoException.InvalidArgument(ErrorDomain.Domain, "nfds in virDomainFDAssociate must not be zero");
            connection.Keeper.GivenFiles.Put(connection.Get(domain), name, connection, files);
            kept = true;
            return ValueTask.CompletedTask;
        }
        finally
        {
            foreach (SafeFileHandle file in kept ? [] : files)
                file.Dispose();
        }
    }
}

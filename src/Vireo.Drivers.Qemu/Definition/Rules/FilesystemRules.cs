using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Shared folders.</summary>
sealed class FilesystemRules : IRules<Filesystem, RuledMachine>
{
    public static void Check(Filesystem element, RuledMachine document, Findings found)
    {
        if (element.Type is not (null or FilesystemType.Mount))
            found.Unsupported(element, "only supports mount filesystem type");
        if ((element.FileMode is not null || element.DirectoryMode is not null) && element.AccessMode is not FilesystemAccess.Mapped)
            found.Unsupported(element, "fmode and dmode must be used with accessmode=mapped");
        if (element.Driver?.Type is FilesystemDriverType.VirtioFs)
            CheckVirtioFs(element, document, found);
    }

    static void CheckVirtioFs(Filesystem folder, RuledMachine machine, Findings found)
    {
        if (!machine.Facts.Has("vhost-user-fs"))
            found.Unsupported(folder, "virtiofs is not supported with this QEMU binary");
        if (folder.Model is not null)
            found.Unsupported(folder, "virtiofs does not support model");
        if (folder.ReadOnly)
            found.Unsupported(folder, "virtiofs does not yet support read-only mode");
        if (folder.AccessMode is not (null or FilesystemAccess.Passthrough))
            found.Unsupported(folder, "virtiofs only supports passthrough accessmode");
        if (folder.Driver?.WritePolicy is not null)
            found.Unsupported(folder, "virtiofs does not support wrpolicy");
        if (folder.MultiDevs is not (null or FilesystemMultiDevs.Default))
            found.Unsupported(folder, "virtiofs does not support multidevs");
        if (!VisibleMemory.IsIn(machine.Def))
            found.Unsupported(folder, "'virtiofs' requires shared memory");
    }
}

using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition.Firmware;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Screens;

/// <summary>Programs of the host that draw for graphics cards.</summary>
static class GpuPrograms
{
    /// <summary>Refuses, in libvirt's words, a card that such a program has to draw for where the host describes none.</summary>
    /// <param name="machine">The guest's definition.</param>
    /// <param name="descriptors">The paths of the host's descriptors of vhost-user programs.</param>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_FAILED.</exception>
    internal static void Check(DomainDef machine, IEnumerable<string> descriptors)
    {
        if (machine.Devices.Videos.Any(static v => v.Driver is { Name: VideoBackend.VhostUser }) && !descriptors.Any(IsGpu))
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "Unable to find a satisfying vhost-user-gpu");
    }

    /// <summary>The host's descriptors.</summary>
    internal static IReadOnlyList<string> OfHost() => DescriptorFolders.OfHost().Paths(DescriptorFolders.Standard("vhost-user", null));

    static bool IsGpu(string path)
    {
        try
        {
            return VhostUserDescriptor.Parse(File.ReadAllText(path)) is { Type: "gpu", Binary: var program } && File.Exists(program);
        }
        catch (Exception e) when (e is VireoException or IOException or UnauthorizedAccessException)
        {
            return false;       // whoever cannot be read offers nothing
        }
    }
}

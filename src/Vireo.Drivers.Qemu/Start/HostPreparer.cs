using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Host.Files;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start;

/// <summary>Carries out host steps: each becomes a part of the start flow with its undo.</summary>
static class HostPreparer
{
    /// <summary>A step that ends in a descriptor for QEMU.</summary>
    internal static FlowPart Open(StartRun run, CommandLine.PassedDescriptor wanted) => new(
        $"{NameOf(wanted.Step)}-{wanted.Number}",
        _ =>
        {
            run.Passed.Add(new(Open(wanted.Step), wanted.Number));
            if (wanted.Step is DescriptorStep.ListenUnix socket) run.Releases.Add(() => Remove(socket.Path));
            return ValueTask.CompletedTask;
        },
        () =>
        {
            run.ClosePassed(wanted.Number);
            return wanted.Step is DescriptorStep.ListenUnix socket ? Remove(socket.Path) : ValueTask.CompletedTask;
        });

    /// <summary>A step that only has to be done.</summary>
    internal static FlowPart Prepare(StartRun run, HostStep step, int number) => new(
        $"{NameOf(step)}-{number}",
        _ =>
        {
            Prepare(step);
            return ValueTask.CompletedTask;
        });

    /// <summary>What undoes the preparations of a guest that a daemon before us started.</summary>
    internal static IReadOnlyList<Func<ValueTask>> ReleasesOf(DomainDef live) =>
    [
        .. live.Devices.OfType<CharDevice>().Select(static device => device.Source).OfType<ChardevSource.OfUnix>()
            .Where(static socket => socket is { Mode: ChardevMode.Bind, Path: not null })
            .Select(static socket => (Func<ValueTask>)(() => Remove(socket.Path!))),
    ];

    static SafeFileHandle Open(DescriptorStep step)
    {
        switch (step)
        {
            case DescriptorStep.ListenUnix socket:
                AtomicFile.MakeFolder(Path.GetDirectoryName(socket.Path)!, 0x1e8);
                return UnixSockets.Listen(socket.Path);
            case DescriptorStep.OpenFile file:
                return file.Append ? LogFile.OpenToAppend(file.Path) : OpenFile(file.Path, FileMode.Create, FileAccess.Write);
            case DescriptorStep.OpenDevice device:
                return OpenFile(device.Path, FileMode.Open, FileAccess.ReadWrite);
            case DescriptorStep.OpenVhostNet:
                return OpenFile("/dev/vhost-net", FileMode.Open, FileAccess.ReadWrite);
            case DescriptorStep.OpenTap tap:
                return TapDevices.Open(tap);
            default:
                throw QemuErrors.Unsupported($"host preparation {NameOf(step)} is not offered by this driver");
        }
    }

    static void Prepare(HostStep step)
    {
        switch (step)
        {
            case HostStep.Allow:
                break; // no labels and no device lists: QEMU runs as the daemon does
            case HostStep.MakeFolder folder:
                AtomicFile.MakeFolder(folder.Path);
                break;
            case HostStep.SeedNvram nvram when !File.Exists(nvram.Path):
                AtomicFile.MakeFolder(Path.GetDirectoryName(nvram.Path)!);
                File.Copy(nvram.Template, nvram.Path);
                break;
            case HostStep.SeedNvram:
                break;
            default:
                throw QemuErrors.Unsupported($"host preparation {NameOf(step)} is not offered by this driver");
        }
    }

    static SafeFileHandle OpenFile(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            int errno = e is UnauthorizedAccessException ? 13 : e is FileNotFoundException or DirectoryNotFoundException ? 2 : 5;
            throw VireoException.System(ErrorDomain.Qemu, errno, $"Unable to open '{path}'");
        }
    }

    static ValueTask Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone with its folder.
        }
        return ValueTask.CompletedTask;
    }

    static string NameOf(HostStep step) => step switch
    {
        HostStep.Allow => "allow",
        HostStep.MakeFolder => "folder",
        HostStep.StartTpm => "tpm",
        HostStep.SeedNvram => "nvram",
        DescriptorStep.ListenUnix => "socket",
        DescriptorStep.OpenFile => "file",
        DescriptorStep.OpenTap => "tap",
        DescriptorStep.OpenMacvtap => "macvtap",
        DescriptorStep.OpenVhostNet => "vhost-net",
        DescriptorStep.OpenDevice => "device",
        _ => "step",
    };
}
